namespace Specgen.Instances;

/// <summary>What a peer sent takes more memory than there is for it, now or ever. Its message has nothing in it that a peer may not read.</summary>
internal sealed class NoMemoryException(string message) : IOException(message)
{
    public static NoMemoryException Now() => new("There is no memory for it");

    public static NoMemoryException OfLength(long length) => new($"A data set of {length} bytes is more than is taken");
}
