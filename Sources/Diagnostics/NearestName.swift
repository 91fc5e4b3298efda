/// The candidate nearest to a misspelt name, for "did you mean"; nil when none is near.
///
/// Near is a Damerau-Levenshtein distance (case-insensitive) of at most a third of the longer word, and at least 1,
/// and smaller than the shorter word, so that something of it is left.
/// Ties go to the first candidate.
package func nearestName(to name: String, among candidates: some Sequence<String>) -> String? {
  var best: (distance: Int, name: String)?
  for candidate in candidates where candidate != name {
    let limit = max(1, max(name.count, candidate.count) / 3)
    let shorter = min(name.count, candidate.count)
    guard abs(name.utf8.count - candidate.utf8.count) <= limit else { continue }
    let distance = editDistance(Array(name.lowercased().utf8), Array(candidate.lowercased().utf8))
    if distance <= limit, distance < shorter, distance < (best?.distance ?? Int.max) { best = (distance, candidate) }
  }
  return best?.name
}

/// Insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b`.
package func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  for i in 0..<a.count {
    var row = [Int](repeating: 0, count: b.count + 1)
    row[0] = i + 1
    for j in 0..<b.count {
      row[j + 1] = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { row[j + 1] = min(row[j + 1], beforeLast[j - 1] + 1) }
    }
    beforeLast = last
    last = row
  }
  return last[b.count]
}
