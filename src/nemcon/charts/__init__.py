"""Pictures of views: pure functions from a view to a Vega-Lite specification, and drawing them."""
