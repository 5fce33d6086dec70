"""Which columns a file must have, and which of its columns they are; the advice when the names are wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property

from bench.parsing.ids import BLANKS
from bench.parsing.limits import MAX_COLUMNS
from bench.parsing.problems import Fault, listing, quote

Indexes = Mapping[str, int]

_RESOLUTIONS_KEPT = 64


@dataclass(frozen=True)
class Schema:
    """The columns that are read.

    Each group of `required` needs one of its names; `synonyms` are names that people use instead (with blanks between
    them), from which a renaming is proposed. `strict` refuses a column that only nearly has an optional name, where
    ignoring it would change the meaning. `secret` keeps a first line that is no header out of the refusal. `header` and
    `row` show what a table starts with and how a row of JSON looks.
    """

    required: tuple[tuple[str, ...], ...]
    synonyms: Mapping[str, str]
    optional: tuple[str, ...] = ()
    header: str = ""
    row: str = ""
    strict: bool = False
    secret: bool = False

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name that is read."""
        return frozenset(name for group in self.required for name in group).union(self.optional)

    @cached_property
    def familiar(self) -> frozenset[str]:
        """Every name that shows that a line is a header: those that are read, and their synonyms."""
        return self.names.union(*map(str.split, self.synonyms.values()))

    @property
    def expected(self) -> str:
        """The required columns in words, for example ``the columns `id` and `output` ``."""
        groups = [f"`{first}`" + "".join(f" (or `{name}`)" for name in rest) for first, *rest in self.required]
        return f"the columns {', '.join(groups[:-1])} and {groups[-1]}"


@dataclass(frozen=True, slots=True)
class Resolution:
    """Where each known column stands, or why that cannot be said."""

    indexes: Indexes
    faults: tuple[Fault, ...] = ()


@dataclass(slots=True)
class ColumnFinder:
    """Finds the columns of a schema among given names; rows with the same keys are looked up once."""

    schema: Schema
    table: bool = False
    _kept: dict[tuple[str, ...], Resolution] = field(default_factory=dict)

    def find(self, names: tuple[str, ...]) -> Resolution:
        """Match names exactly; where none is exact, without regard to case and surrounding blanks."""
        kept = self._kept.get(names)
        if kept is None:
            kept = resolve(names, self.schema, table=self.table)
            if len(self._kept) < _RESOLUTIONS_KEPT and len(names) <= MAX_COLUMNS:
                self._kept[names] = kept
        return kept


def canonical_name(name: str) -> str:
    """A column name without blanks around it and without case."""
    return name.strip(BLANKS).casefold()


def resolve(names: Sequence[str], schema: Schema, *, table: bool) -> Resolution:
    """Where the columns of the schema stand among the names of a table's header or of an object, with all faults."""
    if len(names) > MAX_COLUMNS:
        fault = Fault(f"{len(names):,} columns", f"at most {MAX_COLUMNS}", "Keep only the columns that are needed.")
        return Resolution({}, (fault,))
    indexes: dict[str, int] = {}
    faults: list[Fault] = []
    for known, places in _places(names, schema).items():
        indexes[known] = places[0]
        if len(places) > 1:
            faults.append(Fault(f"{len(places)} columns named {quote(known)}", "one", "Rename or remove the other."))
    faults += _either_or(indexes, schema)
    missing = [group for group in schema.required if not indexes.keys() & set(group)]
    spare = [name for index, name in enumerate(names) if index not in indexes.values()]
    if missing:
        faults.append(_missing_fault(names, spare, missing, schema, table=table))
    elif schema.strict:
        faults += _near_misses(spare, indexes, schema)
    return Resolution(indexes, tuple(faults))


def _places(names: Sequence[str], schema: Schema) -> dict[str, list[int]]:
    exact: dict[str, list[int]] = {}
    loose: dict[str, list[int]] = {}
    for index, name in enumerate(names):
        if name in schema.names:
            exact.setdefault(name, []).append(index)
        elif (canonical := canonical_name(name)) in schema.names:
            loose.setdefault(canonical, []).append(index)
    return {**loose, **exact}


def _either_or(indexes: Indexes, schema: Schema) -> list[Fault]:
    both = [[name for name in group if name in indexes] for group in schema.required]
    return [
        Fault(f"both {' and '.join(map(quote, names))}", "only one of them", f"Keep only {quote(names[-1])}.")
        for names in both
        if len(names) > 1
    ]


def _missing_fault(
    names: Sequence[str], spare: Sequence[str], missing: Sequence[tuple[str, ...]], schema: Schema, *, table: bool
) -> Fault:
    familiar = sum(canonical_name(name) in schema.familiar for name in names)
    found = f"the columns {listing(names)}" if len(names) > 1 else f"only the column {listing(names)}"
    if not any(name.strip(BLANKS) for name in names):
        found = "no column names"
    elif table and schema.secret and familiar < min(2, len(names)):
        found = "a first line without these names"
    renamings = _renamings(spare, missing, schema)
    lacking = " and ".join(f"`{group[0]}`" for group in missing)
    if renamings:
        remedy = f"Rename {' and '.join(f'{quote(old, 30)} to `{new}`' for old, new in renamings)}."
    elif familiar:
        remedy = f"Add {lacking}."
    else:
        remedy = f"Start with the line `{schema.header}`." if table else f"Write each row as `{schema.row}`."
    return Fault(found, schema.expected, remedy)


def _renamings(spare: Sequence[str], missing: Sequence[tuple[str, ...]], schema: Schema) -> list[tuple[str, str]]:
    """For each missing column the spare one that is probably meant; nothing unless every one has a candidate."""
    free = {canonical_name(name): name for name in spare if name.strip(BLANKS)}
    renamings: list[tuple[str, str]] = []
    for group in missing:
        known = group[0]
        candidates = [name for name in free if name in schema.synonyms.get(known, "").split()]
        candidates = candidates or get_close_matches(known, list(free), n=1)
        if not candidates and len(missing) == 1 and len(free) == 1 and not schema.secret:
            candidates = list(free)
        if not candidates:
            return []
        renamings.append((free.pop(candidates[0]), known))
    return renamings


def _near_misses(spare: Sequence[str], indexes: Indexes, schema: Schema) -> list[Fault]:
    """Columns that would be ignored although they were surely meant to be read."""
    unused = [name for name in schema.optional if name not in indexes]
    meant = ((name, _meant("".join(filter(str.isalnum, canonical_name(name))), unused)) for name in spare)
    return [
        Fault(
            f"the column {quote(name, 30)}",
            f"`{known}`",
            f"Rename it to `{known}`, or to something unlike it if it is to be ignored.",
        )
        for name, known in meant
        if known is not None
    ]


def _meant(name: str, unused: Sequence[str]) -> str | None:
    if name in unused:
        return name
    numbered = name.rstrip("0123456789")
    if numbered != name and numbered in ("answer", "answers"):
        return next((known for known in unused if known.startswith("answer")), None)
    words = [known for known in unused if not known.startswith("answer")]
    return next(iter(get_close_matches(name, words, n=1, cutoff=0.8)), None)
