"""What the answers of many offices say together: counted, crossed with each other, as tables and files. Pure."""
