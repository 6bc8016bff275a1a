import Engine
import Testing

@Suite struct `Versions in tag names` {
    @Test(arguments: [
        ("v1.2.3", "v"), ("1.2.3", ""), ("api/v1.2.3-rc.1+build.5", "api/v"), ("release-1.2", "release-"),
        ("python3-v1.2.3", "python3-v"), ("v7", "v"), ("2026.11.20", ""), ("v1.2.0rc1", "v"),
    ])
    func `what stands before the numbers is the prefix`(_ name: String, _ prefix: String) {
        #expect(TagVersion(name)?.prefix == prefix)
    }

    @Test(arguments: ["nightly", "", "v", "v1.2.x", "v1.2.3_final", "v1.2.3-", "v1.2.3-rc..1"])
    func `other names have no version`(_ name: String) {
        #expect(TagVersion(name) == nil)
    }

    @Test(arguments: [
        ("v1.9.0", "v1.10.0"), ("v1.2", "v1.2.1"), ("v1.2.3-rc.1", "v1.2.3"), ("v1.2.3-alpha", "v1.2.3-alpha.1"),
        ("v1.2.3-alpha.1", "v1.2.3-alpha.beta"), ("v1.2.3-beta.2", "v1.2.3-beta.11"), ("v1.2.2", "v1.2.3-rc.1"),
        ("v1.2.0rc1", "v1.2.0"), ("v1.2.0rc9", "v1.2.0rc10"), ("v1.2.0.dev1", "v1.2.0a1"),
        ("v99999999999999999999999", "v100000000000000000000000"), ("v2", "v10"),
    ])
    func `the first is below the second`(_ low: String, _ high: String) throws {
        let (low, high) = (try #require(TagVersion(low)), try #require(TagVersion(high)))
        #expect(low < high)
        #expect(!(high < low))
    }

    @Test(arguments: [("v1.2", "v1.2.0"), ("v1.2.3+a", "v1.2.3+b"), ("v01.2", "v1.2"), ("v1-01", "v1-1")])
    func `these are the same version`(_ one: String, _ other: String) throws {
        let (one, other) = (try #require(TagVersion(one)), try #require(TagVersion(other)))
        #expect(one == other)
        #expect(one.hashValue == other.hashValue)
    }
}
