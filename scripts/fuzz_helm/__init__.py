"""A differential fuzzer: random charts, rendered by Helm and by Slipway, must come out the same."""
