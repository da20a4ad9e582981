namespace Specgen.Wire;

/// <summary>
/// Takes the bytes of a data set as they arrive. Never throws: what goes wrong is told when the data set is asked for, so that the message is read to its end and the association lives on.
/// </summary>
internal interface IDataSetSink : IDisposable
{
    /// <summary>Bytes that came, kept or not.</summary>
    long Length { get; }

    void Write(ReadOnlySpan<byte> bytes);
}
