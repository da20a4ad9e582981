namespace Specgen.Fuzz;

/// <summary>Something that takes bytes of strangers.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Seeds">Inputs that are right, to be made wrong.</param>
/// <param name="Run">Takes an input, and throws where it does what it may not do. Of a number, for what else is left to chance.</param>
internal sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Seeds, Action<byte[], Random> Run);
