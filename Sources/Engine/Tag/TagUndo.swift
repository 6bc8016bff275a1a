import Deployment

/// The way back from a tag, as a text for any POSIX shell.
///
/// It needs nothing of rehearse, and no repository: it can be pasted anywhere on the machine. It removes a ref only
/// while that holds exactly the recorded object, so that it is safe to run twice and never takes what somebody else put
/// there. Commits stay where they are, on the remote's branch too: others may have built on them.
struct TagUndo: Hashable, Sendable {
    struct Remote: Hashable, Sendable {
        var name: String
        /// Absolute; `nil` when it holds credentials, which are never recorded.
        var address: RemoteAddress?
    }

    var name: String
    var object: String
    /// The project's folder when the tag was made.
    var directory: String
    /// `nil`: nothing is to be removed there.
    var remote: Remote?
    var removesHere: Bool

    /// One parenthesised command: when it is pasted, its `exit` and variables do not reach the shell it is pasted into.
    var text: String {
        var parts = [opening, repository]
        if let remote { parts.append(removal(from: remote)) }
        if removesHere { parts.append(removalHere) }
        return parts.joined(separator: "\n") + "\nexit \"$failed\"\n)\n"
    }

    private var opening: String {
        let places = [remote.map { "on \($0.name)" }, removesHere ? "here" : nil].compactMap(\.self)
        let quoted = ShellQuoting.quoted
        return """
            (
            : \(quoted("Removes the tag \(name) \(places.joined(separator: " and ")), while it is the object that this run made."))
            set -u
            reference=\(quoted("refs/tags/\(name)"))
            object=\(object)
            directory=\(quoted(directory))
            \(remote.map { "origin=\(quoted($0.name))\n" } ?? "")\
            failed=0
            scratch=
            say() { printf '%s\\n' "$*" >&2; }
            unset IFS \(GitEnvironment.misleading.sorted().joined(separator: " "))
            export \(GitEnvironment.settings.sorted { $0.key < $1.key }.map { "\($0.key)=\(quoted($0.value))" }.joined(separator: " "))
            if ! command -v git >/dev/null; then say 'git is not installed: nothing was removed'; exit 127; fi
            trap '[ -z "$scratch" ] || rm -rf -- "$scratch"' EXIT
            trap 'exit 129' HUP; trap 'exit 130' INT; trap 'exit 143' TERM
            """
    }

    /// The recorded repository; else the one that the shell stands in, for a project that was moved; else none.
    private var repository: String {
        let format = object.utf8.count == 64 ? " --object-format=sha256" : ""
        let last =
            switch remote {
            case nil: "    say \"no repository in $directory: no tag to remove\"; exit 0"
            case _? where remote?.address == nil:
                """
                    say "no repository in $directory, and the address of $origin is not recorded as it holds a password"
                    say "remove it by hand: git push --force-with-lease=$reference:$object URL :$reference"
                    exit 1
                """
            case _?:
                """
                    scratch=${TMPDIR:-/tmp}/rehearse-undo.$$
                    mkdir -m 700 -- "$scratch" || { scratch=; exit 1; }
                    git init -q --bare\(format) "$scratch" || exit 1
                    directory=$scratch
                    say 'no repository here: only the remote is looked at'
                """
            }
        return """
            if git -C "$directory" rev-parse --git-dir >/dev/null 2>&1; then :
            elif git rev-parse --git-dir >/dev/null 2>&1; then directory=.
            else
            \(last)
            fi
            run() { git -C "$directory" -c core.hooksPath=/dev/null "$@"; }
            """
    }

    /// A remote that cannot be read ends it all, so that both ends stay as they are for the next try.
    private func removal(from remote: Remote) -> String {
        let address = remote.address?.text ?? remote.name
        let ssh =
            """
            if [ -z "${GIT_SSH_COMMAND:-}${GIT_SSH:-}" ]; then
                GIT_SSH_COMMAND=$(run config --get core.sshCommand || echo ssh)
                case $GIT_SSH_COMMAND in ssh | ssh\\ *) GIT_SSH_COMMAND="$GIT_SSH_COMMAND -oBatchMode=yes -oConnectTimeout=20" ;; esac
                export GIT_SSH_COMMAND
            fi

            """
        return """
            remote=\(ShellQuoting.quoted(address))
            \(remote.address?.transport == .ssh || remote.address == nil ? ssh : "")\
            listed=$(run ls-remote -- "$remote" "$reference") || {
                say 'the remote cannot be read: nothing was removed, safe to try again'
                exit 1
            }
            found=$(printf '%s\\n' "$listed" | while read -r id name; do
                if [ "$name" = "$reference" ]; then printf '%s' "$id"; fi
            done)
            case $found in
            '') say "$reference is not on $origin: nothing to remove there" ;;
            "$object")
                run push --no-verify --recurse-submodules=no --no-follow-tags "--force-with-lease=$reference:$object" -- \\
                    "$remote" ":$reference" || { say 'the remote refused: nothing was removed, safe to try again'; exit 1; }
                ;;
            *)
                say "$reference on $origin is $found now, not $object: it is somebody else's and stays"
                failed=1
                ;;
            esac
            """
    }

    private var removalHere: String {
        """
        if [ -z "$scratch" ]; then
            found=$(run for-each-ref '--format=%(refname) %(objectname)' "$reference" | while read -r name id; do
                if [ "$name" = "$reference" ]; then printf '%s' "$id"; fi
            done)
            case $found in
            '') say "$reference is not here: nothing to remove" ;;
            "$object") run update-ref --no-deref -d "$reference" "$object" || failed=1 ;;
            *)
                say "$reference here is $found now, not $object: it stays"
                failed=1
                ;;
            esac
        fi
        """
    }
}
