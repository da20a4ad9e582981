namespace Specgen;

/// <summary>Which presentation contexts a user proposes.</summary>
internal static class ScuContexts
{
    public static void AddFor(StoredFile file, IList<ProposedContext> contexts) => throw new NotImplementedException();
}
