/// All origins, sites and frames of one render. Grows while the render runs; belongs to one thread.
package final class OriginTable {
  /// False switches the whole bookkeeping off: every id is then zero and nothing is stored.
  package let isTracking: Bool
  /// What was gathered so far.
  package private(set) var map = OriginMap()

  private var fileIDs: [ObjectIdentifier: UInt32] = [:]
  private var nameIDs: [String: UInt32] = [:]
  private var nextSite: UInt32 = 1

  package init(isTracking: Bool) { self.isTracking = isTracking }

  package func leaf(_ file: SourceFile, _ range: ByteRange) -> OriginID { add(.leaf, file, range) }
  package func argument(_ file: SourceFile, _ range: ByteRange) -> OriginID { add(.argument, file, range) }
  package func constant(_ file: SourceFile, _ range: ByteRange) -> OriginID { add(.constant, file, range) }

  package func builtIn(_ name: String) -> OriginID {
    guard isTracking else { return .none }
    return append(OriginMap.Row(kind: .builtIn, file: nameID(name), start: 0, end: 0))
  }

  /// The origin of a result that depends on all of `sources`. Without any known source it still tells which function
  /// made it: a clock or a source of random bytes has no inputs.
  package func derived(_ function: String, from sources: [OriginID]) -> OriginID {
    guard isTracking else { return .none }
    let start = map.inputs.count
    for source in sources where source != .none && !map.inputs[start...].contains(source) {
      map.inputs.append(source)
    }
    return append(
      OriginMap.Row(
        kind: .derived, file: nameID(function), start: UInt32(start), end: UInt32(map.inputs.count)))
  }

  /// Registers the sites of a parsed template; site `i` of `ranges` becomes `base + i`.
  package func addSites(of file: SourceFile, _ ranges: [ByteRange]) -> SiteID {
    guard isTracking else { return .none }
    let base = nextSite
    map.groups.append(OriginMap.SiteGroup(base: base, file: file, ranges: ranges))
    nextSite += UInt32(ranges.count)
    return SiteID(base)
  }

  /// Records which value became the text of a generated file (`tpl`), so that a place in that file can be followed
  /// back to the values file or template which wrote it.
  package func addSource(of file: SourceFile, text: Text, origin: OriginID) {
    guard isTracking else { return }
    map.sources[file] = OriginMap.GeneratedSource(text: text, origin: origin)
  }

  package func enter(_ template: String, from caller: SiteID, in parent: FrameID) -> FrameID {
    guard isTracking else { return .none }
    map.frames.append(Frame(parent: parent, caller: caller, template: template))
    return FrameID(UInt32(map.frames.count - 1))
  }

  /// Records a branch that was not taken.
  package func skip(_ branch: SkippedBranch) {
    if isTracking { map.skipped.insert(branch) }
  }

  package subscript(id: OriginID) -> Origin { map[id] }
  package subscript(id: SiteID) -> SourceRange? { map[id] }
  package subscript(id: FrameID) -> Frame { map[id] }

  // MARK: Storage

  private func add(_ kind: OriginMap.RowKind, _ file: SourceFile, _ range: ByteRange) -> OriginID {
    guard isTracking else { return .none }
    return append(
      OriginMap.Row(kind: kind, file: fileID(file), start: UInt32(range.start), end: UInt32(range.end)))
  }

  private func append(_ row: OriginMap.Row) -> OriginID {
    map.rows.append(row)
    return OriginID(UInt32(map.rows.count - 1))
  }

  private func fileID(_ file: SourceFile) -> UInt32 {
    if let last = map.files.last, last === file { return UInt32(map.files.count - 1) }
    // The tables that only read a chart's metadata know one file, and need no dictionary.
    if map.files.count == 1 { fileIDs[ObjectIdentifier(map.files[0])] = 0 }
    if let id = fileIDs[ObjectIdentifier(file)] { return id }
    map.files.append(file)
    if map.files.count > 1 { fileIDs[ObjectIdentifier(file)] = UInt32(map.files.count - 1) }
    return UInt32(map.files.count - 1)
  }

  private func nameID(_ name: String) -> UInt32 {
    if let id = nameIDs[name] { return id }
    map.names.append(name)
    nameIDs[name] = UInt32(map.names.count - 1)
    return UInt32(map.names.count - 1)
  }
}
