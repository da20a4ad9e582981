
namespace Specgen.Associations;

/// <summary>Divides instances among associations: one has at most 128 presentation contexts (PS3.8 §9.3.2.2). Nearly always it is one.</summary>
internal static class RetrievalBatches
{
    /// <summary>Of an instance: its transfer syntax, and the usual ones.</summary>
    private const int MostOfOne = 2;

    public static List<(IList<ProposedContext> Proposed, List<InstanceReference> Instances)> Of(IReadOnlyList<InstanceReference> instances)
    {
        var batches = new List<(IList<ProposedContext> Proposed, List<InstanceReference> Instances)>();
        var known = new Dictionary<(string SopClass, string TransferSyntax), int>();
        foreach (var instance in instances)
        {
            var kind = (instance.SopClassUid, instance.TransferSyntaxUid);
            if (!known.TryGetValue(kind, out var index))
            {
                if (batches.Count == 0 || batches[^1].Proposed.Count > ProposedContexts.Max - MostOfOne)
                {
                    batches.Add(([], []));
                }

                known.Add(kind, index = batches.Count - 1);
                ProposedContexts.AddFor(instance.SopClassUid, instance.TransferSyntaxUid, batches[index].Proposed);
            }

            batches[index].Instances.Add(instance);
        }

        return batches;
    }
}
