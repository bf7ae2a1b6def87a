"""The pages: a face like the command line, which shows the same views."""
