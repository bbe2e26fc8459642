"""Where searching happens: one contract, several engines that give the same answers."""
