namespace Specgen.Associations;

/// <summary>Divides instances among associations: one has at most 128 presentation contexts (PS3.8 §9.3.2.2). Nearly always it is one.</summary>
internal static class RetrievalBatches
{
    /// <summary>Of an instance: its transfer syntax, and the usual ones.</summary>
    private const int MostOfOne = 2;

    public static List<(IList<ProposedContext> Proposed, List<InstanceReference> Items)> Of(IEnumerable<InstanceReference> instances) =>
        Of(instances, static instance => (instance.SopClassUid, instance.TransferSyntaxUid));

    /// <param name="items">What is to be sent.</param>
    /// <param name="kindOf">Its SOP class and transfer syntax.</param>
    public static List<(IList<ProposedContext> Proposed, List<T> Items)> Of<T>(IEnumerable<T> items, Func<T, (string SopClass, string TransferSyntax)> kindOf)
    {
        var batches = new List<(IList<ProposedContext> Proposed, List<T> Items)>();
        var known = new Dictionary<(string SopClass, string TransferSyntax), int>();
        foreach (var item in items)
        {
            var kind = kindOf(item);
            if (!known.TryGetValue(kind, out var index))
            {
                if (batches.Count == 0 || batches[^1].Proposed.Count > ProposedContexts.Max - MostOfOne)
                {
                    batches.Add(([], []));
                }

                known.Add(kind, index = batches.Count - 1);
                ProposedContexts.AddFor(kind.SopClass, kind.TransferSyntax, batches[index].Proposed);
            }

            batches[index].Items.Add(item);
        }

        return batches;
    }
}
