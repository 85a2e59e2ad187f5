"""Everything that can be known without building: rules, and the command that asks all of them."""
