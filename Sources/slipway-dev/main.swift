print("slipway-dev")
