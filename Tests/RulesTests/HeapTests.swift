import Kubernetes
import Testing

@testable import Rules

/// The reader of heap sizes behind `heap-exceeds-limit`.
@Suite struct HeapTests {
  private func search(_ container: String) throws -> HeapSearch {
    let pod = try #require(
      scope("{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [\(container)]}}").objects.first
        .flatMap { Workload($0) })
    return HeapSearch(pod.pod.containers[0])
  }

  /// Containers, and their heap in mebibytes.
  static let mebibytes: [(String, Int)] = [
    ("{args: [-Xmx512m]}", 512), ("{args: [-Xmx2G]}", 2048), ("{args: [-Xmx1048576]}", 1), ("{args: [-Xmx1024k]}", 1),
    ("{args: [\"-XX:MaxHeapSize=1g\"]}", 1024),
    ("{command: [sh, -c, \"exec java -Xms1g '-Xmx2g' -jar a.jar\"]}", 2048),
    ("{env: [{name: JAVA_OPTS, value: -Xmx1g}], args: [-Xmx2g]}", 2048),
    ("{args: [--max-old-space-size, 256]}", 256), ("{args: [--max_old_space_size=256]}", 256),
    ("{env: [{name: GOMEMLIMIT, value: 1GiB}]}", 1024), ("{env: [{name: GOMEMLIMIT, value: 2097152}]}", 2),
    ("{args: [\"-Xmx$(HEAP)\", -Xmx1g]}", 1024),
  ]

  @Test(arguments: mebibytes)
  func sizes(_ container: String, _ size: Int) throws {
    let found = try search(container)
    #expect(found.found?.bytes == size * 1_048_576)
    #expect(!found.isExpanded)
  }

  @Test(arguments: [
    "{}", "{args: [-Xms1g]}", "{args: [-Xmx]}", "{args: [-Xmx1x]}", "{env: [{name: OTHER, value: -Xmx1g}]}",
    "{args: [-Xmx99999999999999999999g]}", "{args: [-Xmx9223372036854775807t]}",
    "{args: [\"-XX:MaxRAMPercentage=75\"]}",
  ])
  func noSize(_ container: String) throws { #expect(try search(container).found == nil) }

  @Test(arguments: ["{args: [\"-Xmx$(HEAP)\"]}", "{env: [{name: JAVA_OPTS, value: \"-Xmx${HEAP}m\"}]}"])
  func expanded(_ container: String) throws { #expect(try search(container).isExpanded) }
}
