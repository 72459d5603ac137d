"""Who may open the pages of documents and publications; anybody the public pages."""

from exchange.actions import link_document
from exchange.document_links import document_targets
from tests.access_matrix.base import CANARY, Access, answers
from tests.access_matrix.bodies import NAMES, bodies
from tests.access_matrix.communities import FORM, KEEP, LIST, LOOK
from tests.factories.documents import (
    PDF,
    DocumentFactory,
    DraftFactory,
    PublicationFactory,
)
from tests.factories.exchange import upload

ANYBODY = answers({}, otherwise=200)
# Who drafted does not approve; branch secretaries, clerks and officers never do.
APPROVAL = {
    "own": answers(
        {
            200: "secretary staff",
            302: "nobody",
            403: "branch_secretary officer",
        },
        otherwise=404,
    ),
    "foreign": answers(
        {200: "staff_elsewhere", 302: "nobody", 403: "clerk_elsewhere officer"},
        otherwise=404,
    ),
}
PLACES = ("branch", "other_branch")


def placed(world, name):
    """The branch of the own street, or of the other one."""
    return getattr(world, name)


def documents(world):
    """A document with a file of each street's branch."""
    return world.once(
        "documents",
        lambda: tuple(
            DocumentFactory(
                organization=placed(world, name),
                title="议事规则" if name == "branch" else f"{CANARY}议事规则",
                upload=upload(PDF, "规则.pdf"),
            )
            for name in PLACES
        ),
    )


def drafts(world):
    """A draft of each street's branch."""
    return world.once(
        "drafts",
        lambda: tuple(
            DraftFactory(
                organization=placed(world, name),
                title="通知" if name == "branch" else f"{CANARY}通知",
            )
            for name in PLACES
        ),
    )


def listed(world):
    """Fill the lists with what each street has; the addresses name nothing."""
    documents(world)
    drafts(world)
    return [], []


def powers_listed(world):
    """Fill the register with a power of each street's branch."""
    world.once("powers", lambda: [*new_powers(world)])
    return [], []


def new_powers(world):
    """A power passed down to each street's branch."""
    for name in PLACES:
        title = "赋权清单" if name == "branch" else f"{CANARY}赋权清单"
        place = placed(world, name)
        yield DocumentFactory(organization=place, kind="delegation", title=title)


def document_args(world):
    """Addresses over a document."""
    return tuple([document.pk] for document in documents(world))


def draft_args(world):
    """Addresses over a draft."""
    return tuple([draft.pk] for draft in drafts(world))


def body_args(world):
    """Addresses over a body that could name a document."""
    return tuple(["body", body.pk] for body in bodies(world))


def link_args(world):
    """Addresses over the document of a body."""
    return tuple(
        [
            "body",
            link_document(
                DocumentFactory(organization=body.organization),
                body,
                target=document_targets.get("body"),
                by=None,
            ).pk,
        ]
        for body in bodies(world)
    )


def published_args(world):
    """Addresses over what is shown."""
    return tuple(
        [PublicationFactory(organization=placed(world, name)).pk] for name in PLACES
    )


def place_args(world):
    """Addresses of the page of each street's branch for the wall."""
    listed(world)
    return tuple([placed(world, name).code] for name in PLACES)


def community_args(world):
    """Addresses of the public page of each community, which publishes something."""
    for place in (world.community, world.other_community):
        PublicationFactory(organization=place)
    return [world.community.code], [world.other_community.code]


ACCESS = {
    "exchange:documents": Access("get", LIST, args=listed),
    "exchange:powers": Access("get", LIST, args=powers_listed),
    "exchange:powers_paper": Access("get", LIST, args=powers_listed),
    "exchange:enter_document": Access("get", KEEP, args=listed),
    "exchange:document": Access("get", **LOOK, args=document_args),
    "exchange:document_file": Access("get", **LOOK, args=document_args),
    "exchange:change_document": Access("get", **FORM, args=document_args),
    "exchange:replace_document": Access("get", **FORM, args=document_args),
    "exchange:void_document": Access("get", **FORM, args=document_args),
    "exchange:link_document": Access("get", **NAMES, args=body_args),
    "exchange:void_document_link": Access("get", **NAMES, args=link_args),
    "exchange:publications": Access("get", LIST, args=listed),
    "exchange:draft_publication": Access("get", KEEP, args=listed),
    "exchange:publication": Access("get", **LOOK, args=draft_args),
    "exchange:change_draft": Access("get", **FORM, args=draft_args),
    "exchange:replace_publication": Access("get", **FORM, args=published_args),
    "exchange:approve_publication": Access("get", **APPROVAL, args=draft_args),
    "exchange:withdraw_publication": Access("get", **FORM, args=draft_args),
    "exchange:wall": Access("get", **LOOK, args=place_args),
    "exchange:public_places": Access("get", ANYBODY, names_all=True),
    "exchange:public_page": Access("get", ANYBODY, ANYBODY, args=community_args),
}
