import Deployment
import Testing
import YAML

@Suite struct `Relations between two values` {
    private func scalar(_ text: String) throws -> Scalar { try #require(try ParityFixture.node(text).scalar) }

    private func outcome(
        _ expression: String, _ left: String, _ right: String, key: String? = nil
    ) throws -> RelationExpression.Outcome {
        try RelationExpression(expression).outcome(left: try scalar(left), right: try scalar(right), key: key)
    }

    @Test(arguments: [
        // Numbers, by value and not by text.
        ("1", "4"), ("9", "10"), ("-3", "-2"), ("0.5", "0.75"), ("1.5", "2"), ("\"9\"", "\"10\""), ("1e2", "101"),
        // Sizes: 1024 everywhere, as in Compose.
        ("512m", "1g"), ("1000k", "1M"), ("\"512\"", "1k"), ("1.5GiB", "2g"), ("512MB", "\"513 MiB\""),
        // Durations.
        ("300ms", "1s"), ("90s", "2m"), ("1h30m", "2h"), ("23h", "1d"), ("6d", "1w"), ("0", "1s"),
        // Versions.
        ("\"1.9\"", "\"1.10\""), ("1.9.9", "1.10.0"), ("v1.9.9", "1.10.0"), ("2.0.0-rc.1", "2.0.0"),
        ("2.0.0-rc.2", "2.0.0-rc.10"), ("2.0.0-alpha", "2.0.0-beta"), ("2.0.0-1", "2.0.0-alpha"),
        ("2.0.0-alpha", "2.0.0-alpha.1"), ("1.4.2", "v1.5"), ("99999999999999999999.1.0", "100000000000000000000.1.0"),
    ])
    func `the smaller comes first`(_ small: String, _ large: String) throws {
        #expect(try outcome("left < right", small, large) == .holds)
        #expect(try outcome("left <= right", small, large) == .holds)
        #expect(try outcome("left != right", small, large) == .holds)
        #expect(try outcome("right > left", small, large) == .holds)
        #expect(try outcome("right >= left", small, large) == .holds)
        #expect(try outcome("left == right", small, large) == .fails)
        #expect(try outcome("left > right", small, large) == .fails)
        #expect(try outcome("left >= right", small, large) == .fails)
    }

    @Test(arguments: [
        ("1", "1.0"), ("1.10", "1.1"), ("1024k", "1m"), ("60s", "1m"), ("v1.4.0", "1.4"), ("1.4.2+a", "1.4.2+b"),
        ("1h", "60m"), ("\"4\"", "4"), ("\"007\"", "\"7\""),
    ])
    func `the same amount in two spellings is equal`(_ one: String, _ other: String) throws {
        #expect(try outcome("left == right", one, other) == .holds)
        #expect(try outcome("left <= right", one, other) == .holds)
        #expect(try outcome("left < right", one, other) == .fails)
    }

    @Test func `values can be compared with one that the rule gives`() throws {
        #expect(try outcome("right <= 512M", "1", "256m") == .holds)
        #expect(try outcome("right <= 512M", "1", "1g") == .fails)
        #expect(try outcome("10 > left", "9", "99") == .holds)
        #expect(try outcome("left == info", "info", "debug") == .holds)
        #expect(try outcome("left<=right", "1", "2") == .holds)
    }

    @Test func `what the values alone leave open is told by the field or by the rule`() throws {
        // Half a processor is written as a text in a rendered file.
        #expect(try outcome("left < right", "\"0.50\"", "\"0.6\"", key: "cpus") == .holds)
        #expect(try outcome("left < right", "\"0.50\"", "\"0.6\"") == .fails)
        #expect(try outcome("left < right as numbers", "\"0.50\"", "\"0.6\"") == .holds)
        #expect(try outcome("left < right as versions", "1.9", "1.10") == .holds)
        #expect(try outcome("left < right", "1.9", "1.10") == .fails)
        // As minutes it would be more than an hour.
        #expect(try outcome("left < right", "512m", "1g", key: "mem_limit") == .holds)
        #expect(try outcome("left < right as durations", "5m", "1h") == .holds)
    }

    @Test func `what has no order can only be equal or not`() throws {
        #expect(try outcome("left <= right", "debug", "info") == .notComparable)
        #expect(try outcome("left <= right", "512MB", "1h") == .notComparable)
        #expect(try outcome("left <= right", "~", "1") == .notComparable)
        #expect(try outcome("left != right", "debug", "info") == .holds)
        #expect(try outcome("left == right", "debug", "debug") == .holds)
        #expect(
            try RelationExpression("left < right").outcome(left: nil, right: try scalar("1"), key: nil)
                == .notComparable)
    }
}
