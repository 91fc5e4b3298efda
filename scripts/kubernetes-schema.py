#!/usr/bin/env python3
"""Writes the table of Kubernetes kinds and fields, Sources/Kubernetes/Schema/SchemaTable.generated.swift.

Input is the folder of JSON schemas in the PyPI package kubernetes-validate (1.37.0): one folder a Kubernetes version.
    pip download --no-deps kubernetes-validate==1.37.0 && unzip kubernetes_validate-*.whl
    scripts/kubernetes-schema.py kubernetes_validate/kubernetes-json-schema

Only names, types, formats, what is required and which words are allowed are kept. The format is described at `SchemaTable` in SchemaTable.swift.
"""
import json
import pathlib
import re
import sys

PREFIXES = [
    ("io.k8s.api.", ""),
    ("io.k8s.apimachinery.pkg.apis.", ""),
    ("io.k8s.apimachinery.pkg.", ""),
    ("io.k8s.apiextensions-apiserver.pkg.apis.", ""),
    ("io.k8s.kube-aggregator.pkg.apis.", ""),
]
SPECIAL = {
    "api.resource.Quantity": "q",
    "util.intstr.IntOrString": "p",
    "meta.v1.Time": "t",
    "meta.v1.MicroTime": "t",
}
SCALARS = {"string": "s", "integer": "i", "number": "n", "boolean": "b"}
FORMATS = {"int64": "l", "byte": "y"}
OPERATORS = "In NotIn Exists DoesNotExist"
# Words that a field allows. The schemas have them in prose only; these are the constants of the API's Go types.
# A field may change with the versions: (first version, words) each.
WORDS = {
    "core.v1.Container.imagePullPolicy": "Always IfNotPresent Never",
    "core.v1.Container.terminationMessagePolicy": "FallbackToLogsOnError File",
    "core.v1.Container.restartPolicy": [(28, "Always"), (34, "Always Never OnFailure")],
    "core.v1.ContainerPort.protocol": "SCTP TCP UDP",
    "core.v1.ContainerResizePolicy.restartPolicy": "NotRequired RestartContainer",
    "core.v1.ServicePort.protocol": "SCTP TCP UDP",
    "core.v1.EndpointPort.protocol": "SCTP TCP UDP",
    "core.v1.PodSpec.restartPolicy": "Always Never OnFailure",
    "core.v1.PodSpec.dnsPolicy": "ClusterFirst ClusterFirstWithHostNet Default None",
    "core.v1.PodSpec.preemptionPolicy": "Never PreemptLowerPriority",
    "core.v1.PodOS.name": "linux windows",
    "core.v1.HTTPGetAction.scheme": "HTTP HTTPS",
    "core.v1.Toleration.operator": [(0, "Equal Exists"), (35, "Equal Exists Gt Lt")],
    "core.v1.Toleration.effect": "NoExecute NoSchedule PreferNoSchedule",
    "core.v1.Taint.effect": "NoExecute NoSchedule PreferNoSchedule",
    "core.v1.NodeSelectorRequirement.operator": OPERATORS + " Gt Lt",
    "core.v1.ScopedResourceSelectorRequirement.operator": OPERATORS,
    "meta.v1.LabelSelectorRequirement.operator": OPERATORS,
    "core.v1.TopologySpreadConstraint.whenUnsatisfiable": "DoNotSchedule ScheduleAnyway",
    "core.v1.TopologySpreadConstraint.nodeAffinityPolicy": "Honor Ignore",
    "core.v1.TopologySpreadConstraint.nodeTaintsPolicy": "Honor Ignore",
    "core.v1.PodSecurityContext.fsGroupChangePolicy": "Always OnRootMismatch",
    "core.v1.PodSecurityContext.supplementalGroupsPolicy": "Merge Strict",
    "core.v1.PodSecurityContext.seLinuxChangePolicy": "MountOption Recursive",
    "core.v1.SeccompProfile.type": "Localhost RuntimeDefault Unconfined",
    "core.v1.AppArmorProfile.type": "Localhost RuntimeDefault Unconfined",
    "core.v1.SecurityContext.procMount": "Default Unmasked",
    "core.v1.VolumeMount.mountPropagation": "Bidirectional HostToContainer None",
    "core.v1.VolumeMount.recursiveReadOnly": "Disabled Enabled IfPossible",
    "core.v1.HostPathVolumeSource.type":
        "BlockDevice CharDevice Directory DirectoryOrCreate File FileOrCreate Socket",
    "core.v1.ImageVolumeSource.pullPolicy": "Always IfNotPresent Never",
    "core.v1.PersistentVolumeClaimSpec.accessModes":
        "ReadOnlyMany ReadWriteMany ReadWriteOnce ReadWriteOncePod",
    "core.v1.PersistentVolumeClaimSpec.volumeMode": "Block Filesystem",
    "core.v1.PersistentVolumeSpec.accessModes": "ReadOnlyMany ReadWriteMany ReadWriteOnce ReadWriteOncePod",
    "core.v1.PersistentVolumeSpec.volumeMode": "Block Filesystem",
    "core.v1.PersistentVolumeSpec.persistentVolumeReclaimPolicy": "Delete Recycle Retain",
    "core.v1.ServiceSpec.type": "ClusterIP ExternalName LoadBalancer NodePort",
    "core.v1.ServiceSpec.sessionAffinity": "ClientIP None",
    "core.v1.ServiceSpec.externalTrafficPolicy": "Cluster Local",
    "core.v1.ServiceSpec.internalTrafficPolicy": "Cluster Local",
    "core.v1.ServiceSpec.ipFamilyPolicy": "PreferDualStack RequireDualStack SingleStack",
    "core.v1.ServiceSpec.ipFamilies": "IPv4 IPv6",
    "apps.v1.DeploymentStrategy.type": "Recreate RollingUpdate",
    "apps.v1.DaemonSetUpdateStrategy.type": "OnDelete RollingUpdate",
    "apps.v1.StatefulSetUpdateStrategy.type": "OnDelete RollingUpdate",
    "apps.v1.StatefulSetSpec.podManagementPolicy": "OrderedReady Parallel",
    "apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy.whenDeleted": "Delete Retain",
    "apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy.whenScaled": "Delete Retain",
    "batch.v1.CronJobSpec.concurrencyPolicy": "Allow Forbid Replace",
    "batch.v1.JobSpec.completionMode": "Indexed NonIndexed",
    "batch.v1.JobSpec.podReplacementPolicy": "Failed TerminatingOrFailed",
    "batch.v1.PodFailurePolicyRule.action": "Count FailIndex FailJob Ignore",
    "batch.v1.PodFailurePolicyOnExitCodesRequirement.operator": "In NotIn",
    "autoscaling.v2.MetricSpec.type": "ContainerResource External Object Pods Resource",
    "autoscaling.v2.MetricTarget.type": "AverageValue Utilization Value",
    "autoscaling.v2.HPAScalingRules.selectPolicy": "Disabled Max Min",
    "autoscaling.v2.HPAScalingPolicy.type": "Percent Pods",
    "networking.v1.HTTPIngressPath.pathType": "Exact ImplementationSpecific Prefix",
    "networking.v1.NetworkPolicySpec.policyTypes": "Egress Ingress",
    "networking.v1.NetworkPolicyPort.protocol": "SCTP TCP UDP",
    "networking.v1.IngressClassParametersReference.scope": "Cluster Namespace",
    "policy.v1.PodDisruptionBudgetSpec.unhealthyPodEvictionPolicy": "AlwaysAllow IfHealthyBudget",
    "rbac.v1.Subject.kind": "Group ServiceAccount User",
    "rbac.v1.RoleRef.kind": "ClusterRole Role",
    "admissionregistration.v1.MutatingWebhook.failurePolicy": "Fail Ignore",
    "admissionregistration.v1.MutatingWebhook.matchPolicy": "Equivalent Exact",
    "admissionregistration.v1.MutatingWebhook.reinvocationPolicy": "IfNeeded Never",
    "admissionregistration.v1.MutatingWebhook.sideEffects": "None NoneOnDryRun",
    "admissionregistration.v1.ValidatingWebhook.failurePolicy": "Fail Ignore",
    "admissionregistration.v1.ValidatingWebhook.matchPolicy": "Equivalent Exact",
    "admissionregistration.v1.ValidatingWebhook.sideEffects": "None NoneOnDryRun",
    "admissionregistration.v1.RuleWithOperations.operations": "* CONNECT CREATE DELETE UPDATE",
    "admissionregistration.v1.RuleWithOperations.scope": "* Cluster Namespaced",
    "storage.v1.StorageClass.reclaimPolicy": "Delete Retain",
    "storage.v1.StorageClass.volumeBindingMode": "Immediate WaitForFirstConsumer",
    "storage.v1.CSIDriverSpec.fsGroupPolicy": "File None ReadWriteOnceWithFSType",
    "storage.v1.CSIDriverSpec.volumeLifecycleModes": "Ephemeral Persistent",
    "scheduling.v1.PriorityClass.preemptionPolicy": "Never PreemptLowerPriority",
    "apiextensions.v1.CustomResourceDefinitionSpec.scope": "Cluster Namespaced",
    "apiextensions.v1.CustomResourceConversion.strategy": "None Webhook",
    "discovery.v1.EndpointSlice.addressType": "FQDN IPv4 IPv6",
    "flowcontrol.v1.LimitResponse.type": "Queue Reject",
    "flowcontrol.v1.PriorityLevelConfigurationSpec.type": "Exempt Limited",
}


def short(name):
    for prefix, replacement in PREFIXES:
        if name.startswith(prefix):
            return replacement + name[len(prefix):]
    return name


def scalar_type(schema):
    kind = schema.get("type")
    return next((k for k in kind if k != "null"), None) if isinstance(kind, list) else kind


def code(schema, definitions):
    """The code of a field's type, and the definition it refers to."""
    if "$ref" in schema:
        full = schema["$ref"].rsplit("/", 1)[-1]
        name = short(full)
        if name in SPECIAL:
            return SPECIAL[name], None
        return ("@" + name, full) if definitions[full].get("properties") else ("*", None)
    kind = scalar_type(schema)
    if kind == "array":
        inner, ref = code(schema.get("items", {}), definitions)
        key = schema.get("x-kubernetes-patch-merge-key")
        return "[" + inner + ("^" + key if key else ""), ref
    if kind == "object":
        if "additionalProperties" not in schema:
            return "*", None
        inner, ref = code(schema["additionalProperties"], definitions)
        return "{" + inner, ref
    if kind in SCALARS:
        words = [w for w in schema.get("enum", []) if isinstance(w, str)]
        letter = FORMATS.get(schema.get("format"), SCALARS[kind])
        return letter + ("=" + "|".join(words) if words and all(words) else ""), None
    return "*", None


def words_allowed(type_name, field, version):
    """What `WORDS` has to add to a field's code."""
    words = WORDS.get(type_name + "." + field, "")
    if not isinstance(words, str):
        words = next((w for first, w in reversed(words) if version >= first), "")
    return "=" + "|".join(words.split()) if words else ""


def forms(rows):
    """Runs of versions with one code each: [(first, last, code)]."""
    result = []
    for version, some_code in rows:
        if result and result[-1][2] == some_code and result[-1][1] == version - 1:
            result[-1] = (result[-1][0], version, some_code)
        else:
            result.append((version, version, some_code))
    return result


def read_version(folder, version):
    """Kinds and types of one version: {(apiVersion, kind): type}, {type: {field: code}}."""
    definitions = json.loads((folder / "_definitions.json").read_text())
    definitions = definitions.get("$defs") or definitions["definitions"]
    kinds, queue = {}, []
    for full, schema in definitions.items():
        for gvk in schema.get("x-kubernetes-group-version-kind", []):
            if len(schema["x-kubernetes-group-version-kind"]) > 1 or gvk["kind"].endswith("List"):
                continue
            if "metadata" not in schema["properties"]:
                continue
            group = gvk["group"]
            kinds[(group + "/" if group else "") + gvk["version"], gvk["kind"]] = short(full)
            queue.append(full)
    queue.append("io.k8s.api.core.v1.PodTemplateSpec")
    types = {}
    while queue:
        full = queue.pop()
        if short(full) in types:
            continue
        schema = definitions[full]
        fields = types[short(full)] = {}
        is_object = "x-kubernetes-group-version-kind" in schema
        for name, field in schema.get("properties", {}).items():
            if is_object and name == "status":
                fields[name] = "*"
                continue
            if is_object and name in ("apiVersion", "kind"):
                fields[name] = "s"
                continue
            fields[name], ref = code(field, definitions)
            fields[name] += words_allowed(short(full), name, version)
            if name in schema.get("required", []):
                fields[name] += "!"
            if ref:
                queue.append(ref)
    return kinds, types


def lifetime(versions, present):
    """`+29` when it came in 1.29, `-31` when 1.31 was the last to have it."""
    first, last = min(present), max(present)
    return ("+%d" % first if first > versions[0] else "") + ("-%d" % last if last < versions[-1] else "")


def main():
    root = pathlib.Path(sys.argv[1])
    folders = {}
    for folder in root.glob("v1.*.0-local"):
        folders[int(re.match(r"v1\.(\d+)\.", folder.name).group(1))] = folder
    versions = sorted(folders)
    kinds, types = {}, {}
    for version in versions:
        some_kinds, some_types = read_version(folders[version], version)
        for key, name in some_kinds.items():
            kinds.setdefault(key, []).append((version, name))
        for name, fields in some_types.items():
            for field, field_code in fields.items():
                types.setdefault(name, {}).setdefault(field, []).append((version, field_code))
    known = {name + "." + field for name, fields in types.items() for field in fields}
    unknown = sorted(name for name in WORDS if name not in known)
    if unknown:
        sys.exit("no such fields: " + ", ".join(unknown))
    lines = ["versions 1.%d 1.%d" % (versions[0], versions[-1])]
    for (api_version, kind), rows in sorted(kinds.items()):
        lines.append("kind %s %s %s%s" % (
            api_version, kind, rows[-1][1], lifetime(versions, [v for v, _ in rows])))
    for name, fields in sorted(types.items()):
        cells = [
            field + ":" + some_code + lifetime(versions, [first, last])
            for field, rows in sorted(fields.items()) for first, last, some_code in forms(rows)]
        lines.append(name + " " + " ".join(cells))
    target = pathlib.Path(__file__).parent.parent / "Sources/Kubernetes/Schema/SchemaTable.generated.swift"
    target.write_text(
        "// Generated by scripts/kubernetes-schema.py; do not edit.\n// swift-format-ignore-file\n\n"
        "extension SchemaTable {\n  static let text: StaticString = #\"\"\"\n"
        + "\n".join(lines) + "\n\"\"\"#\n}\n")
    print("%d kinds, %d types, %d bytes" % (len(kinds), len(types), target.stat().st_size))


main()
