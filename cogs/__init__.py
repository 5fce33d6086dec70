"""The room that speaks Discord: commands, buttons, forms and the publisher of posts."""
