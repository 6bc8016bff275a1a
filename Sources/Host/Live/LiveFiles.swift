extension Files {
    package static let live = Files(
        read: LiveFiles.read,
        list: LiveFiles.list,
        visit: LiveFiles.visit,
        status: LiveFiles.status,
        sizes: LiveFiles.sizes,
        resolve: LiveFiles.resolve,
        makeDirectory: LiveFiles.makeDirectory,
        replace: LiveFiles.replace,
        openForAppending: LiveFiles.openForAppending,
        move: LiveFiles.move,
        remove: LiveFiles.remove,
        removeTree: LiveFiles.removeTree,
        lock: LiveFiles.lock,
        putFolder: LiveFiles.putFolder,
        draftFolder: LiveFiles.draftFolder,
        draftFile: LiveFiles.draftFile,
        probe: LiveFiles.probe,
        synchronizeAll: LiveFiles.synchronizeAll
    )
}

/// Files and folders of the system; one file for each family of calls.
enum LiveFiles {}
