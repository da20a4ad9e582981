namespace FellowOakDicom;

public class DicomException : System.Exception
{
    protected DicomException(string message)
        : base(message)
    {
    }

    protected DicomException(string message, System.Exception innerException)
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
    public DicomFileException(DicomFile file, string message)
        : base(message) => File = file;

    public DicomFileException(DicomFile file, string message, System.Exception innerException)
        : base(message, innerException) => File = file;

    public DicomFile File { get; }
}

public class DicomValidationException : System.Exception
{
    public DicomValidationException(string content, DicomVR vr, string message)
        : base($"Content \"{content}\" does not validate VR {vr}: {message}")
    {
        Content = content;
        VR = vr;
    }

    public string Content { get; private set; }

    public DicomVR VR { get; private set; }
}
