import SourceText
import YAML

/// The words of a policy's text.
private enum TagStatus: String, CaseIterable {
  case tagged, untagged, any
}

private enum CountType: String, CaseIterable {
  case imageCountMoreThan, sinceImagePushed, sinceImagePulled, sinceImageTransitioned

  /// Nil for the type that counts images.
  var event: LifecycleRule.Event? { LifecycleRule.Event(rawValue: rawValue) }
}

private enum CountUnit: String, CaseIterable {
  case days
}

private enum ActionType: String, CaseIterable {
  case expire, transition
}

/// Where a transition can lead.
private enum TargetStorageClass: String, CaseIterable {
  case archive
}

private typealias Selection = (
  tags: LifecycleRule.TagSelection?, storageClass: LifecycleRule.StorageClass?, criterion: LifecycleRule.Criterion?
)

/// ECR bills images in the archive for so many days at least.
private let minimumDaysInArchive: Int64 = 90
private let maximumWildcards = 4

extension LifecycleObjectReader {
  /// The rule that the object is; nil when something is missing that makes it one.
  mutating func rule() -> LifecycleRule? {
    guard node.isMapping else {
      report("a rule must be an object", at: node)
      return nil
    }
    priority = node["rulePriority"]?.text
    checkKeys(["rulePriority", "description", "selection", "action"])
    if let description = node["description"], description.string == nil {
      report("\"description\" must be text", at: description)
    }
    let number = number("rulePriority")
    let selection = object("selection").map { within($0) { $0.selection() } }
    let action = object("action").flatMap { within($0) { $0.action() } }
    if let action, let selection { checkAction(action, selection.criterion) }
    guard let number, let tags = selection?.tags, let storageClass = selection?.storageClass,
      let criterion = selection?.criterion, let action
    else { return nil }
    return LifecycleRule(
      priority: number, tags: tags, storageClass: storageClass, criterion: criterion, action: action, node: node)
  }

  // MARK: Selection

  private mutating func selection() -> Selection {
    checkKeys([
      "tagStatus", "tagPrefixList", "tagPatternList", "storageClass", "countType", "countUnit", "countNumber",
    ])
    let tags = tags()
    let storageClass = node["storageClass"] == nil ? .standard : word("storageClass", LifecycleRule.StorageClass.self)
    let type = requiredWord("countType", CountType.self)
    let count = number("countNumber")
    guard let type else { return (tags, storageClass, nil) }
    checkUnit(type)
    checkClass(type, storageClass)
    guard let count else { return (tags, storageClass, nil) }
    guard let event = type.event else { return (tags, storageClass, .imageCountMoreThan(count)) }
    if event == .transitioned, count < minimumDaysInArchive, let place = node["countNumber"] {
      report("\"countNumber\" must be at least \(minimumDaysInArchive) days in the archive, not \(count)", at: place)
    }
    return (tags, storageClass, .older(days: count, since: event))
  }

  private mutating func tags() -> LifecycleRule.TagSelection? {
    let status = requiredWord("tagStatus", TagStatus.self)
    let prefixes = node["tagPrefixList"]
    let patterns = node["tagPatternList"]
    guard let status else { return nil }
    guard status == .tagged else {
      for (list, key) in [(prefixes, "tagPrefixList"), (patterns, "tagPatternList")] {
        if let list { report("\"\(key)\" is not allowed with tagStatus \"\(status.rawValue)\"", at: list.key ?? list) }
      }
      return status == .any ? .any : .untagged
    }
    switch (prefixes, patterns) {
    case (nil, nil):
      report("tagStatus \"tagged\" needs \"tagPrefixList\" or \"tagPatternList\"", at: node)
      return nil
    case (let list?, nil): return texts(list, "tagPrefixList").map { .prefixes($0) }
    case (nil, let list?): return tagPatterns(list)
    case (_?, let list?):
      report("\"tagPrefixList\" and \"tagPatternList\" cannot both be in one rule", at: list.key ?? list)
      return nil
    }
  }

  private mutating func tagPatterns(_ list: YAMLNode) -> LifecycleRule.TagSelection? {
    guard let texts = texts(list, "tagPatternList") else { return nil }
    let patterns = texts.map(TagPattern.init)
    for (pattern, item) in zip(patterns, list.items) where pattern.wildcardCount > maximumWildcards {
      let count = pattern.wildcardCount
      report("pattern \"\(pattern.text)\" has \(count) wildcards; ECR takes \(maximumWildcards)", at: item)
    }
    return .patterns(patterns)
  }

  private mutating func checkUnit(_ type: CountType) {
    guard let unit = node["countUnit"] else {
      if type.event != nil { report("countType \"\(type.rawValue)\" needs \"countUnit\": \"days\"", at: node) }
      return
    }
    if type.event == nil {
      report("\"countUnit\" is not allowed with countType \"\(type.rawValue)\"", at: unit.key ?? unit)
    } else {
      _ = word("countUnit", CountUnit.self)
    }
  }

  private mutating func checkClass(_ type: CountType, _ storageClass: LifecycleRule.StorageClass?) {
    guard let storageClass else { return }
    let wanted: LifecycleRule.StorageClass = type == .sinceImageTransitioned ? .archive : .standard
    guard storageClass != wanted else { return }
    let place = node["storageClass"] ?? node
    report("countType \"\(type.rawValue)\" needs storageClass \"\(wanted.rawValue)\"", at: place)
  }

  // MARK: Action

  private mutating func action() -> LifecycleRule.Action? {
    checkKeys(["type", "targetStorageClass"])
    let type = requiredWord("type", ActionType.self)
    let target = node["targetStorageClass"]
    switch type {
    case nil: return nil
    case .expire?:
      if let target { report("\"targetStorageClass\" is not allowed with action \"expire\"", at: target.key ?? target) }
      return .expire
    case .transition?:
      guard target != nil else {
        report("action \"transition\" needs \"targetStorageClass\": \"archive\"", at: node)
        return nil
      }
      return word("targetStorageClass", TargetStorageClass.self) == nil ? nil : .archive
    }
  }

  /// What an action and a count type say of each other.
  private mutating func checkAction(
    _ action: LifecycleRule.Action, _ criterion: LifecycleRule.Criterion?
  ) {
    guard let place = node["action"]?["type"] else { return }
    switch (criterion, action) {
    case (.older(_, since: .pulled)?, .expire):
      report("countType \"sinceImagePulled\" needs action \"transition\": it never expires images", at: place)
    case (.older(_, since: .transitioned)?, .archive):
      report("countType \"sinceImageTransitioned\" needs action \"expire\": its images are archived", at: place)
    default: break
    }
  }
}
