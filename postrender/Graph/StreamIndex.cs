using System.Text;
using Tempo.PostRender.Manifests;
using Tempo.PostRender.Words;

namespace Tempo.PostRender.Graph;

/// <summary>
/// The documents of the input by kind, opened on demand. A document is decoded and parsed only if its bytes show that it can
/// contain what a search needs, or if its kind cannot be read from its lines.
/// </summary>
internal sealed class StreamIndex
{
    private static readonly HashSet<string> PodKinds = new(StringComparer.Ordinal)
    {
        "Deployment",
        "StatefulSet",
        "DaemonSet",
        "ReplicaSet",
        "ReplicationController",
        "Pod",
        "PodTemplate",
        "Job",
        "CronJob",
    };

    private static readonly HashSet<string> OtherKinds = new(StringComparer.Ordinal)
    {
        "ConfigMap",
        "Secret",
        "Service",
        "CustomResourceDefinition",
        "NetworkPolicy",
        "ServiceAccount",
        "Role",
        "ClusterRole",
        "RoleBinding",
        "ClusterRoleBinding",
        "PersistentVolumeClaim",
        "Ingress",
        "PodDisruptionBudget",
        "HorizontalPodAutoscaler",
    };

    private readonly List<Entry> _entries = [];

    /// <summary>Indexes streams that belong together.</summary>
    /// <exception cref="InvalidInputException">A document without a plain <c>kind</c> line is not YAML or not a manifest.</exception>
    public StreamIndex(IReadOnlyList<ManifestStream> streams)
    {
        foreach (var stream in streams)
        {
            for (var i = 0; i < stream.Slices.Count; i++)
            {
                var slice = stream.Slices[i];
                switch (slice.TopLevel)
                {
                    case TopLevelForm.Plain:
                        var kind = stream.Strings.Get(stream.Bytes.Span.Slice(slice.KindStart, slice.KindLength));
                        _entries.Add(new Entry(stream, i, kind.EndsWith("List", StringComparison.Ordinal) ? null : kind));
                        break;
                    case TopLevelForm.Other:
                        _entries.Add(new Entry(stream, i, kind: null));
                        break;
                }
            }
        }

        foreach (var found in _entries.FindAll(static entry => entry.Kind is null).SelectMany(static entry => entry.Objects))
        {
            if (found.Kind.Length == 0)
            {
                RefuseWithoutKind(found);
            }
        }
    }

    /// <summary>Indexes objects of an API server. They are already parsed, so no search reads their bytes.</summary>
    public StreamIndex(IEnumerable<KubernetesObject> objects) => _entries.AddRange(objects.Select(static found => new Entry(found)));

    /// <summary>Objects that Helm before 4.2 truncated before it ran the post-renderer.</summary>
    public IList<KubernetesObject> Truncated { get; } = [];

    public List<KubernetesObject> Find(string kind) => Find(found => found == kind, static _ => Match.Certain, mustRead: true);

    /// <summary>The objects of a kind whose document contains any of the given texts.</summary>
    public List<KubernetesObject> FindWithAny(string kind, IEnumerable<string> texts)
    {
        var wanted = new SubstringSearch(texts);
        return Find(found => found == kind, entry => entry.ContainsAny(wanted), mustRead: true);
    }

    /// <summary>The objects of a kind whose document contains any of the given texts, without objects that cannot be read.</summary>
    public List<KubernetesObject> FindIfReadable(string kind, params IReadOnlyList<string> texts) =>
        Find(found => found == kind, EntryHasAll(texts), mustRead: false);

    /// <summary>
    /// The objects with a pod template whose document contains a text. Custom kinds, such as an Argo Rollout, are searched too, but
    /// are skipped if they cannot be read.
    /// </summary>
    public List<Workload> FindWorkloads(string text) => FindWorkloads(EntryHasAll([text]), EntryHasAll([text, "containers"]));

    /// <summary>The objects with a pod template whose document contains any of the given texts.</summary>
    public List<Workload> FindWorkloadsWithAny(IEnumerable<string> texts)
    {
        var wanted = new SubstringSearch(texts);
        return FindWorkloads(entry => entry.ContainsAny(wanted), entry => entry.ContainsAny(wanted));
    }

    /// <summary>
    /// The Services that may have one of these names or select pods with one of these label values. Only these Services of a large
    /// stream are parsed.
    /// </summary>
    public List<Service> FindServices(IEnumerable<string> names, IEnumerable<string> labelValues)
    {
        var (wantedNames, wantedValues) = (new SubstringSearch(names), new SubstringSearch(labelValues));
        return Find(static kind => kind == "Service", entry => entry.IsService(wantedNames, wantedValues), mustRead: true)
            .ConvertAll(static found => new Service(found));
    }

    private List<Workload> FindWorkloads(Func<Entry, Match> matches, Func<Entry, Match> matchesElsewhere)
    {
        var objects = Find(PodKinds.Contains, matches, mustRead: true);
        objects.AddRange(Find(static kind => !PodKinds.Contains(kind) && !OtherKinds.Contains(kind), matchesElsewhere, mustRead: false));
        var workloads = new List<Workload>();
        foreach (var found in objects)
        {
            if (found.Workload is { } workload)
            {
                workloads.Add(workload);
            }
        }

        return workloads;
    }

    private static Func<Entry, Match> EntryHasAll(IReadOnlyList<string> texts)
    {
        var wanted = texts.Select(Encoding.UTF8.GetBytes).ToArray();
        return entry => entry.ContainsAll(wanted);
    }

    private List<KubernetesObject> Find(Func<string, bool> isKind, Func<Entry, Match> matches, bool mustRead)
    {
        var all = new List<KubernetesObject>();
        foreach (var entry in _entries)
        {
            var match =
                entry.Kind is not { } kind ? Match.Certain
                : !isKind(kind) ? Match.None
                : entry.IsLive ? Match.Certain
                : matches(entry);
            // A document that is not YAML, and could contain the text only in escaped form, is not relevant.
            var objects = match switch
            {
                Match.None => [],
                Match.Certain when mustRead => entry.Objects,
                _ => entry.ObjectsIfReadable,
            };
            foreach (var found in objects)
            {
                if (isKind(found.Kind))
                {
                    all.Add(found);
                }
            }
        }

        return all;
    }

    private void RefuseWithoutKind(KubernetesObject found)
    {
        if (found.Annotation(KubernetesObject.FilenameAnnotation) is not null)
        {
            Truncated.Add(found);
            return;
        }

        throw new InvalidInputException(
            $"document {found.Position + 1}{(found.Source is null ? "" : $" ({Printable.OneLine(found.Source)})")} is not a "
                + "Kubernetes manifest: it has no kind",
            found.File,
            found.Document.Locate(found.Node.Start)
        );
    }

    private enum Match
    {
        None,
        Possible,
        Certain,
    }

    private sealed class Entry
    {
        private readonly ManifestStream? _stream;
        private readonly int _document;
        private List<KubernetesObject>? _objects;

        public Entry(ManifestStream stream, int document, string? kind) => (_stream, _document, Kind) = (stream, document, kind);

        public Entry(KubernetesObject found) => (_objects, Kind) = ([found], found.Kind);

        /// <summary>The kind, or null if it is known only after parsing.</summary>
        public string? Kind { get; }

        public bool IsLive => _stream is null;

        public List<KubernetesObject> Objects => _objects ??= ObjectReader.Read(_stream!.Document(_document));

        private ReadOnlySpan<byte> Bytes => _stream!.BytesOf(_document);

        public List<KubernetesObject> ObjectsIfReadable
        {
            get
            {
                try
                {
                    return Objects;
                }
                catch (InvalidInputException)
                {
                    return _objects = [];
                }
            }
        }

        /// <summary>Whether the document may contain all of the texts; a document with escapes may contain any text.</summary>
        public Match ContainsAll(byte[][] texts)
        {
            var bytes = Bytes;
            foreach (var text in texts)
            {
                if (bytes.IndexOf(text) < 0)
                {
                    return Otherwise(bytes);
                }
            }

            return Match.Certain;
        }

        /// <summary>Whether the document may contain any of the texts. A document that is already parsed is not searched.</summary>
        public Match ContainsAny(SubstringSearch texts)
        {
            if (_objects is not null)
            {
                return Match.Certain;
            }

            var bytes = Bytes;
            return texts.IsIn(bytes) ? Match.Certain : Otherwise(bytes);
        }

        /// <summary>Whether the document may contain one of the names, or one of the values after the word <c>selector</c>.</summary>
        public Match IsService(SubstringSearch names, SubstringSearch selectorValues)
        {
            var bytes = Bytes;
            var selector = bytes.IndexOf("selector"u8);
            return names.IsIn(bytes) || (selector >= 0 && selectorValues.IsIn(bytes[selector..])) ? Match.Certain : Otherwise(bytes);
        }

        private static Match Otherwise(ReadOnlySpan<byte> bytes) => HasEscapes(bytes) ? Match.Possible : Match.None;

        private static bool HasEscapes(ReadOnlySpan<byte> bytes)
        {
            for (int at; (at = bytes.IndexOf((byte)'\\')) >= 0; bytes = bytes[(at + 2)..])
            {
                if (at + 1 >= bytes.Length || bytes[at + 1] is (byte)'x' or (byte)'u' or (byte)'U' or (byte)'\n' or (byte)'\r')
                {
                    return true;
                }
            }

            return false;
        }
    }
}
