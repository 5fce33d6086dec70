"""What can go wrong for a member."""


class ActorError(Exception):
    """An act that did not work out."""


class NoAnswer(ActorError):
    """The bot did not answer within three seconds: "The application did not respond"."""


class Refused(ActorError):
    """The member's client would not let the member do this."""
