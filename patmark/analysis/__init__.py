"""What counts mean: pure functions of cubes, and the charts that show them."""
