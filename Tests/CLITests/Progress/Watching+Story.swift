@testable import Engine

extension Watching {
    func open(_ story: RunStory) { tell(.opened(story.record)) }

    /// Starts a step and tells the display.
    func start(_ id: String, _ story: inout RunStory) {
        story.start(id, captures: id == "migrate" ? ["BEFORE": "0001"] : [:])
        tell(.stepStarted(story.step(id), attempt: story.step(id).attempts.count))
    }

    func succeed(_ id: String, _ story: inout RunStory) {
        start(id, &story)
        story.end(id, .succeeded, in: 1_200, nil)
        tell(.stepEnded(story.step(id), lastLines: []), after: 1.2)
    }

    func fail(_ id: String, _ story: inout RunStory, lastLines: [String] = ["no route to host"]) {
        start(id, &story)
        story.endFailed(id)
        tell(.stepEnded(story.step(id), lastLines: lastLines), after: 3.4)
    }

    /// `lint` and `migrate` succeed, `deploy` fails, both are undone.
    func watchRollback(_ story: inout RunStory) {
        open(story)
        succeed("lint", &story)
        succeed("migrate", &story)
        fail("deploy", &story)
        story.finish(.failed)
        story.openRollback()
        tell(.rollbackOpened(story.record))
        for id in ["deploy", "migrate"] {
            story.startUndo(id)
            tell(.rollbackStarted(story.step(id)))
            story.tell(
                .rollbackEnded(RunEvent.RollbackEnded(step: id, status: .done, durationMs: 800, exit: 0)), after: 800)
            tell(.rollbackEnded(story.step(id), lastLines: []), after: 0.8)
        }
    }
}
