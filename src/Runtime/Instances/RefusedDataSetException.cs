using FellowOakDicom;

namespace Specgen.Instances;

/// <summary>A data set that is malformed or exceeds a limit. Its message has nothing in it that a peer may not read.</summary>
internal sealed class RefusedDataSetException(string message) : DicomDataException(message)
{
    public static RefusedDataSetException Because(string problem) => new($"The data set is malformed: {problem}.");
}
