"""A TdT speaking the S²LOW API, with a ministry behind it."""
