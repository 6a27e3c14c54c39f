"""What every refusal is: one French sentence that says what happened and what to do."""

from __future__ import annotations


class ActionRefused(Exception):
    """An action refused whole: nothing was written.

    Each subclass lives in the file of the action that raises it and carries its sentence in `message`;
    a sentence built from facts is given to the constructor. `field` names the input at fault, for the page.
    """

    message = "L’action est refusée."

    def __init__(self, message: str = "", *, field: str | None = None) -> None:
        self.message = message or self.message
        self.field = field
        super().__init__(self.message)

    def __str__(self) -> str:
        return self.message


class MoveNotAllowed(ActionRefused):
    """The dossier is at a stage from which this move does not start."""

    message = "Le dossier n’est plus à l’étape où cette action est possible ; rechargez sa page."


class NotEntitled(ActionRefused):
    """The actor holds no role that allows the action on this dossier, on that day."""

    message = "Vous n’avez pas le droit de faire cette action sur ce dossier."
