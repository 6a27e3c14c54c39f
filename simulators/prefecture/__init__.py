"""A TdT speaking the S²LOW API, and behind it, reached by HTTP only, a ministry that answers."""
