/// Strings as C wants a program's arguments and variables: pointers, ended by NULL. They live as long as it does.
@safe struct CStringArray: ~Copyable {
    let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    /// All of them, one behind the other.
    private let bytes: UnsafeMutablePointer<CChar>
    private var count = 0
    private var size = 0

    init(_ strings: [String]) {
        self.init(count: strings.count, size: strings.reduce(0) { $0 + $1.utf8.count + 1 })
        for string in strings {
            begin()
            append(string, endedBy: 0)
        }
    }

    /// `NAME=value` each.
    init(_ variables: [String: String]) {
        self.init(
            count: variables.count, size: variables.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count + 2 })
        for (name, value) in variables {
            begin()
            append(name, endedBy: CChar(UInt8(ascii: "=")))
            append(value, endedBy: 0)
        }
    }

    private init(count: Int, size: Int) {
        unsafe pointers = .allocate(capacity: count + 1)
        unsafe pointers.initialize(repeating: nil, count: count + 1)
        unsafe bytes = .allocate(capacity: max(1, size))
    }

    private mutating func begin() {
        unsafe pointers[count] = bytes + size
        count += 1
    }

    private mutating func append(_ string: String, endedBy end: CChar) {
        let text = string.utf8.span
        for index in text.indices { unsafe bytes[size + index] = CChar(bitPattern: text[index]) }
        size += text.count
        unsafe bytes[size] = end
        size += 1
    }

    deinit {
        unsafe pointers.deallocate()
        unsafe bytes.deallocate()
    }
}
