"""Starting the whole site: web server, couriers and, for the demonstration, the simulators."""
