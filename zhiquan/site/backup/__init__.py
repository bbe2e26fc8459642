"""One file that holds everything a site cannot make again; how it is made, put back and checked."""
