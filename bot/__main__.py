"""`python -m bot`: start the bot, or one of its other commands (`python -m bot --help`)."""

if __name__ == "__main__":
    # Inside the guard, since worker processes read this file too and need none of it.
    from bot.cli import main

    main()
