namespace FellowOakDicom.Network;

public class DicomNetworkException : DicomException
{
    internal DicomNetworkException(string message)
        : base(message)
    {
    }

    internal DicomNetworkException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
