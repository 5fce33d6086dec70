from hypothesis import given
from hypothesis import strategies as st

from sandbox.guild import Guild
from sandbox.model import Channel, Member
from sandbox.permissions import ALL, Permission, permissions_in, permissions_of
from sandbox.world import World

bits = st.integers(0, int(ALL)).map(Permission)


def scene() -> tuple[Guild, Channel, Member]:
    world = World("token")
    guild = Guild(world, "Slang lab")
    return guild, guild.general, guild.add_member(world.add_user("Ada"))


def test_the_owner_and_administrators_may_do_everything_whatever_a_channel_says() -> None:
    guild, channel, ada = scene()
    guild.set_overwrite(channel, guild.everyone, deny=ALL)
    assert permissions_in(ada, channel) == 0
    guild.give_role(ada, guild.add_role("Administrator", Permission.ADMINISTRATOR))
    assert permissions_in(ada, channel) == ALL
    assert permissions_in(guild.members[guild.owner_id], channel) == ALL


def test_a_member_s_own_exception_is_stronger_than_those_of_roles_and_they_than_everyone_s() -> None:
    guild, channel, ada = scene()
    role = guild.add_role("Curator")
    guild.give_role(ada, role)
    guild.set_overwrite(channel, guild.everyone, deny=Permission.SEND_MESSAGES)
    assert Permission.SEND_MESSAGES not in permissions_in(ada, channel)
    guild.set_overwrite(channel, role, allow=Permission.SEND_MESSAGES)
    assert Permission.SEND_MESSAGES in permissions_in(ada, channel)
    guild.set_overwrite(channel, ada, deny=Permission.SEND_MESSAGES)
    assert Permission.SEND_MESSAGES not in permissions_in(ada, channel)


def test_one_role_that_allows_outweighs_another_that_denies() -> None:
    guild, channel, ada = scene()
    yes, no = guild.add_role("Yes"), guild.add_role("No")
    for role in (yes, no):
        guild.give_role(ada, role)
    guild.set_overwrite(channel, yes, allow=Permission.SEND_MESSAGES)
    guild.set_overwrite(channel, no, deny=Permission.SEND_MESSAGES)
    assert Permission.SEND_MESSAGES in permissions_in(ada, channel)


def test_who_may_not_send_may_not_attach() -> None:
    guild, channel, ada = scene()
    guild.set_overwrite(channel, guild.everyone, deny=Permission.SEND_MESSAGES)
    assert Permission.ATTACH_FILES not in permissions_in(ada, channel)


@given(granted=bits, allow=bits, deny=bits)
def test_what_is_allowed_is_there_and_what_is_denied_is_not(
    granted: Permission, allow: Permission, deny: Permission
) -> None:
    guild, channel, ada = scene()
    granted, allow, deny = (Permission(one & ~Permission.ADMINISTRATOR & ALL) for one in (granted, allow, deny))
    guild.edit_role(guild.everyone, granted)
    guild.set_overwrite(channel, ada, allow=allow | Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES, deny=deny)
    assert permissions_of(ada) == granted
    result = permissions_in(ada, channel)
    assert result & allow == allow
    assert result & deny & ~allow & ~(Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES) == 0
