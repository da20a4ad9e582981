namespace Specgen.Wire;

/// <summary>A data set that is read on its way to the network could not be read: its source's failure, not the connection's.</summary>
internal sealed class UnreadableDataSetException(Exception innerException)
    : Exception(innerException.Message, innerException);
