namespace FellowOakDicom;

public class DicomException : System.Exception
{
    private protected DicomException(string message)
        : base(message)
    {
    }

    private protected DicomException(string message, System.Exception innerException)
        : base(message, innerException)
    {
    }
}

public class DicomDataException : DicomException
{
    public DicomDataException(string message)
        : base(message)
    {
    }

    public DicomDataException(string message, System.Exception innerException)
        : base(message, innerException)
    {
    }
}

public class DicomFileException : DicomDataException
{
    internal DicomFileException(string message)
        : base(message)
    {
    }

    internal DicomFileException(string message, System.Exception innerException)
        : base(message, innerException)
    {
    }
}

public class DicomValidationException : System.Exception
{
    internal DicomValidationException(string content, DicomVR vr, string message)
        : base($"Content \"{content}\" does not validate VR {vr}: {message}")
    {
    }
}
