from sandbox.permissions import Permission
from tests.sandbox.rest_caller import calling

COMMAND = {"name": "task", "description": "Tasks", "name_localizations": {"es-ES": "tarea"}}


async def test_commands_are_kept_replaced_and_deleted() -> None:
    async with calling() as (sandbox, call):
        guild = sandbox.add_guild("Slang lab")
        own = f"/applications/{sandbox.world.application_id}/commands"
        status, (first,) = await call("PUT", own, [COMMAND])
        assert status == 200
        assert (await call("PUT", own, [{**COMMAND, "description": "All tasks"}]))[1][0]["id"] == first["id"]
        status, other = await call("POST", own, {"name": "submit", "description": "Submit"})
        assert status == 201
        assert (await call("POST", own, {"name": "submit", "description": "Submit now"}))[0] == 200
        listed = (await call("GET", own))[1]
        assert "name_localizations" not in listed[0]
        assert (await call("GET", own, params={"with_localizations": "true"}))[1][0]["name_localizations"] == {
            "es-ES": "tarea"
        }
        assert (await call("PATCH", f"{own}/{other['id']}", {"description": "Third"}))[1]["description"] == "Third"
        assert (await call("DELETE", f"{own}/{other['id']}"))[0] == 204
        assert await call.code("GET", f"{own}/{other['id']}") == (404, 10063)
        of_guild = f"/applications/{sandbox.world.application_id}/guilds/{guild.id}/commands"
        assert (await call("PUT", of_guild, [COMMAND]))[1][0]["guild_id"] == str(guild.id)
        assert len((await call("GET", own))[1]) == 1
        assert await call.code("GET", "/applications/1/commands") == (403, 50001)
        assert await call.code("PUT", own, [{"name": "Not Allowed", "description": "x"}]) == (400, 50035)
        assert [violation for violation in sandbox.log.violations if "response" in violation] == []


async def test_messages_are_sent_listed_edited_and_deleted() -> None:
    async with calling() as (sandbox, call):
        guild = sandbox.add_guild("Slang lab")
        path = f"/channels/{guild.general.id}/messages"
        sent = [(await call("POST", path, {"content": f"number {number}"}))[1] for number in range(4)]
        ids = [one["id"] for one in sent]
        assert [one["id"] for one in (await call("GET", path, params={"limit": "2"}))[1]] == ids[:1:-1]
        assert [one["id"] for one in (await call("GET", path, params={"before": ids[1]}))[1]] == ids[:1]
        assert [one["id"] for one in (await call("GET", path, params={"after": ids[1], "limit": "1"}))[1]] == [ids[2]]
        assert len((await call("GET", path, params={"around": ids[1], "limit": "3"}))[1]) == 3
        reference = {"message_reference": {"message_id": ids[0]}, "content": "a reply"}
        assert (await call("POST", path, reference))[1]["referenced_message"]["id"] == ids[0]
        status, edited = await call("PATCH", f"{path}/{ids[0]}", {"content": "another"})
        assert (status, edited["content"], edited["edited_timestamp"] is not None) == (200, "another", True)
        assert (await call("DELETE", f"{path}/{ids[0]}"))[0] == 204
        assert await call.code("GET", f"{path}/{ids[0]}") == (404, 10008)
        assert await call.code("GET", f"{path}/x") == (400, 50035)
        ada = sandbox.actor(guild, "Ada")
        said = await ada.say(guild.general, "mine")
        assert await call.code("PATCH", f"{path}/{said.id}", {"content": "yours"}) == (403, 50005)
        assert await call.code("DELETE", f"{path}/{said.id}") == (403, 50013)
        assert await call.code("POST", path, {}) == (400, 50006)
        assert await call.code("POST", f"/channels/{guild.add_forum('posts').id}/messages", {"content": "x"}) == (
            400,
            50008,
        )
        assert [violation for violation in sandbox.log.violations if "response" in violation] == []


async def test_files_are_kept_appended_and_replaced() -> None:
    async with calling() as (sandbox, call):
        guild = sandbox.add_guild("Slang lab")
        path = f"/channels/{guild.general.id}/messages"
        body = {"attachments": [{"id": 0, "filename": "a b.txt", "description": "alt"}], "content": ""}
        _, sent = await call("POST", path, body, files={"a b.txt": b"1"})
        (kept,) = sent["attachments"]
        assert (kept["filename"], kept["description"], kept["size"]) == ("a_b.txt", "alt", 1)
        path = f"{path}/{sent['id']}"
        both = {"attachments": [{"id": kept["id"]}, {"id": 0, "filename": "c.txt"}]}
        _, edited = await call("PATCH", path, both, files={"c.txt": b"2"})
        assert [one["filename"] for one in edited["attachments"]] == ["a_b.txt", "c.txt"]
        _, edited = await call("PATCH", path, {"content": "text only"})
        assert len(edited["attachments"]) == 2, "an edit that does not speak of files leaves them"
        _, edited = await call("PATCH", path, {"attachments": []})
        assert edited["attachments"] == []
        async with call.session.get(kept["url"]) as response:
            assert response.status == 404
        gone = {"embeds": [{"image": {"url": "attachment://gone.png"}}]}
        assert await call.code("PATCH", path, gone) == (400, 50035)
        too_large = {"x.bin": b"0" * (guild.upload_limit + 1)}
        status, answer = await call("POST", f"/channels/{guild.general.id}/messages", {}, files=too_large)
        assert (status, answer["code"]) == (413, 40005)


async def test_threads_are_started_joined_tagged_closed_and_listed() -> None:
    async with calling() as (sandbox, call):
        guild = sandbox.add_guild("Slang lab")
        ada = sandbox.actor(guild, "Ada")
        general, forum = guild.general, guild.add_forum("posts", tags=("open", "closed"), requires_tag=True)
        _, message = await call("POST", f"/channels/{general.id}/messages", {"content": "start"})
        start = f"/channels/{general.id}/messages/{message['id']}/threads"
        status, thread = await call("POST", start, {"name": "About it"})
        assert (status, thread["id"]) == (201, message["id"])
        assert await call.code("POST", start, {"name": "Again"}) == (400, 160004)
        post = {"name": "Post", "message": {"content": "first"}}
        assert await call.code("POST", f"/channels/{forum.id}/threads", post) == (400, 40067)
        assert await call.code("POST", f"/channels/{forum.id}/threads", {**post, "applied_tags": ["1"]}) == (404, 10087)
        tags = [str(tag.id) for tag in forum.tags]
        status, made = await call("POST", f"/channels/{forum.id}/threads", {**post, "applied_tags": tags[:1]})
        assert (status, made["message"]["id"], made["applied_tags"]) == (201, made["id"], tags[:1])
        assert (await call("PATCH", f"/channels/{made['id']}", {"applied_tags": tags[1:]}))[1]["applied_tags"] == tags[
            1:
        ]
        member = f"/channels/{made['id']}/thread-members/{ada.id}"
        assert await call.code("GET", member) == (404, 10007)
        assert (await call("PUT", member))[0] == 204
        assert (await call("GET", member))[1]["user_id"] == str(ada.id)
        assert len((await call("GET", f"/channels/{made['id']}/thread-members"))[1]) == 2
        assert (await call("DELETE", member))[0] == 204
        active = (await call("GET", f"/guilds/{guild.id}/threads/active"))[1]["threads"]
        assert {one["id"] for one in active} == {thread["id"], made["id"]}
        assert (await call("PATCH", f"/channels/{made['id']}", {"archived": True, "locked": True}))[0] == 200
        assert await call.code("PATCH", f"/channels/{made['id']}", {"name": "New"}) == (400, 50083)
        assert await call.code("PUT", f"/channels/{made['id']}/thread-members/@me") == (400, 50083)
        archived = (await call("GET", f"/channels/{forum.id}/threads/archived/public"))[1]
        assert [one["id"] for one in archived["threads"]] == [made["id"]]
        assert (await call("PATCH", f"/channels/{made['id']}", {"archived": False}))[1]["thread_metadata"]["locked"]
        assert (await call("DELETE", f"/channels/{made['id']}"))[0] == 200
        assert sandbox.log.violations == []


async def test_a_private_thread_is_seen_by_its_members_only() -> None:
    async with calling() as (sandbox, call):
        guild = sandbox.add_guild("Slang lab")
        ada, ben = sandbox.actor(guild, "Ada"), sandbox.actor(guild, "Ben")
        guild.edit_role(guild.bot_role, Permission.CREATE_PRIVATE_THREADS)
        _, made = await call("POST", f"/channels/{guild.general.id}/threads", {"name": "Us", "type": 12})
        await call("PUT", f"/channels/{made['id']}/thread-members/{ada.id}")
        assert [one.name for one in ada.threads(guild.general)] == ["Us"]
        assert ben.threads(guild.general) == []
        assert sandbox.log.violations == []


async def test_a_thread_of_somebody_else_needs_the_right_to_manage_threads() -> None:
    async with calling() as (sandbox, call):
        guild = sandbox.add_guild("Slang lab")
        _, made = await call("POST", f"/channels/{guild.general.id}/threads", {"name": "Mine", "type": 11})
        thread = guild.channels[int(made["id"])]
        assert thread.thread is not None
        thread.thread.owner_id = guild.owner_id
        guild.edit_role(guild.bot_role, 0)
        assert await call.code("PATCH", f"/channels/{thread.id}", {"name": "Ours"}) == (403, 50013)
        guild.edit_role(guild.bot_role, Permission.MANAGE_THREADS)
        assert (await call("PATCH", f"/channels/{thread.id}", {"name": "Ours"}))[1]["name"] == "Ours"


async def test_channels_roles_members_and_pins() -> None:
    async with calling() as (sandbox, call):
        guild = sandbox.add_guild("Slang lab")
        ada = sandbox.actor(guild, "Ada", roles=(guild.add_role("Curator"),))
        assert await call.code("POST", f"/guilds/{guild.id}/channels", {"name": "new"}) == (403, 50013)
        guild.edit_role(guild.bot_role, Permission.MANAGE_CHANNELS | Permission.PIN_MESSAGES)
        status, made = await call("POST", f"/guilds/{guild.id}/channels", {"name": "new", "type": 0})
        assert status == 201
        assert (await call("PATCH", f"/channels/{made['id']}", {"topic": "Words"}))[1]["topic"] == "Words"
        assert (await call("GET", f"/channels/{made['id']}"))[1]["name"] == "new"
        _, sent = await call("POST", f"/channels/{made['id']}/messages", {"content": "pin me"})
        pins = f"/channels/{made['id']}/messages/pins"
        assert (await call("PUT", f"{pins}/{sent['id']}"))[0] == 204
        assert [one["message"]["id"] for one in (await call("GET", pins))[1]["items"]] == [sent["id"]]
        assert (await call("DELETE", f"{pins}/{sent['id']}"))[0] == 204
        assert (await call("DELETE", f"/channels/{made['id']}"))[0] == 200
        assert await call.code("GET", f"/channels/{made['id']}") == (404, 10003)
        roles = (await call("GET", f"/guilds/{guild.id}/roles"))[1]
        assert [role["name"] for role in roles] == ["@everyone", "Touchstone", "Curator"]
        assert await call.code("GET", f"/guilds/{guild.id}/roles/1") == (404, 10011)
        member = (await call("GET", f"/guilds/{guild.id}/members/{ada.id}"))[1]
        assert member["roles"] == [roles[2]["id"]]
        ada.leaves()
        assert await call.code("GET", f"/guilds/{guild.id}/members/{ada.id}") == (404, 10007)
        assert await call.code("GET", "/guilds/1") == (404, 10004)
        assert (await call("GET", f"/guilds/{guild.id}", params={"with_counts": "true"}))[1]["approximate_member_count"]
        assert (await call("GET", "/users/@me/guilds"))[1][0]["name"] == "Slang lab"
        assert (await call("GET", "/gateway/bot"))[1]["shards"] == 1
        assert sandbox.log.violations == []


async def test_a_bot_that_left_has_no_access() -> None:
    async with calling() as (sandbox, call):
        guild = sandbox.add_guild("Slang lab")
        assert (await call("DELETE", f"/users/@me/guilds/{guild.id}"))[0] == 204
        assert await call.code("POST", f"/channels/{guild.general.id}/messages", {"content": "x"}) == (403, 50001)


async def test_pings_are_what_allowed_mentions_lets_through() -> None:
    async with calling() as (sandbox, call):
        guild = sandbox.add_guild("Slang lab")
        ada, role = sandbox.actor(guild, "Ada"), guild.add_role("Curator")
        path = f"/channels/{guild.general.id}/messages"
        words = {"content": f"{ada.mention} {role.mention}"}
        _, loud = await call("POST", path, words)
        assert ([one["id"] for one in loud["mentions"]], loud["mention_roles"]) == ([str(ada.id)], [str(role.id)])
        _, quiet = await call("POST", path, {**words, "allowed_mentions": {"parse": []}})
        assert (quiet["mentions"], quiet["mention_roles"]) == ([], [])
        _, chosen = await call("POST", path, {**words, "allowed_mentions": {"users": [str(ada.id)]}})
        assert ([one["id"] for one in chosen["mentions"]], chosen["mention_roles"]) == ([str(ada.id)], [])
