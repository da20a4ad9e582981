namespace FellowOakDicom.IO
{
    /// <summary>Where bytes are written to.</summary>
    public interface IByteTarget
    {
        internal System.IO.Stream AsWritableStream();
    }

    public class StreamByteTarget : IByteTarget
    {
        private readonly System.IO.Stream _stream;

        public StreamByteTarget(System.IO.Stream stream) => _stream = stream;

        System.IO.Stream IByteTarget.AsWritableStream() => _stream;
    }
}

namespace FellowOakDicom.IO.Writer
{
    /// <summary>Writes the elements of a data set that is walked; one in a deflated transfer syntax as the elements that are to be deflated.</summary>
    public class DicomWriter : IDicomDatasetWalker
    {
        private readonly DicomTransferSyntax _syntax;
        private readonly System.IO.Stream _stream;

        public DicomWriter(DicomTransferSyntax syntax, DicomWriteOptions options, IByteTarget target)
        {
            _syntax = syntax;
            _stream = target.AsWritableStream();
        }

        internal void Write(DicomDataset dataset) => DataSetWriter.WriteElements(dataset, _syntax, _stream);
    }
}

namespace FellowOakDicom
{
    /// <summary>Who is told of the elements of a data set.</summary>
    public interface IDicomDatasetWalker
    {
    }

    /// <summary>Goes through a data set, for a writer.</summary>
    public class DicomDatasetWalker
    {
        private readonly DicomDataset _dataset;

        public DicomDatasetWalker(DicomDataset dataset) => _dataset = dataset;

        public void Walk(IDicomDatasetWalker walker)
        {
            if (walker is not IO.Writer.DicomWriter writer)
            {
                throw new System.NotSupportedException("Only a DicomWriter can be told of a data set here.");
            }

            writer.Write(_dataset);
        }
    }
}
