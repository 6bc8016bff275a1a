/// What is true of this process for as long as it lives.
package struct Surroundings: Sendable {
    package var variables: [String: String]
    package var workingDirectory: String
    /// Login name by the user database, else `uid N`.
    package var userName: String
    package var userID: UInt32
    package var hostName: String
    package var identity: ProcessIdentity
    /// `/proc/sys/kernel/random/boot_id`; empty where there is none.
    package var bootID: String
    /// Absolute path of the running program; empty when unknown.
    package var executable: String

    package init(
        variables: [String: String],
        workingDirectory: String,
        userName: String,
        userID: UInt32,
        hostName: String,
        identity: ProcessIdentity,
        bootID: String,
        executable: String
    ) {
        self.variables = variables
        self.workingDirectory = workingDirectory
        self.userName = userName
        self.userID = userID
        self.hostName = hostName
        self.identity = identity
        self.bootID = bootID
        self.executable = executable
    }
}
