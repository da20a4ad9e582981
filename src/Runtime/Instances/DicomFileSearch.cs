namespace Specgen;

/// <summary>The DICOM files (PS3.10 §7.1) among what somebody named: files, and folders with all that is below them.</summary>
public sealed class DicomFileSearch
{
    private readonly List<(string, DicomFileHeader)> _files = [];
    private readonly List<string> _problems = [];
    private readonly HashSet<string> _entered = new(StringComparer.Ordinal);

    private DicomFileSearch()
    {
    }

    /// <summary>Each file with its header; those of a folder in the order of their names.</summary>
    public IReadOnlyList<(string Path, DicomFileHeader Header)> Files => _files;

    /// <summary>What was named and is no DICOM file, and what cannot be read: a sentence for each that names it.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>How many files of folders are no DICOM files.</summary>
    public int Others { get; private set; }

    /// <summary>
    /// Looks for DICOM files. A link to a folder is followed, and what is found there has the name that it has there; no folder is searched twice. Empty files, pipes and devices are not opened.
    /// </summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static DicomFileSearch Find(IEnumerable<string> paths, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var search = new DicomFileSearch();
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
            {
                search.AddFolder(path, cancellationToken);
            }
            else
            {
                search.AddFile(path, isNamed: true);
            }
        }

        return search;
    }

    private void AddFolder(string root, CancellationToken cancellationToken)
    {
        var folders = new Stack<string>([root]);
        while (folders.TryPop(out var folder))
        {
            try
            {
                // By where it leads: what lies below is not found by a name that has a link in it, which need not be its only one.
                folder = Directory.ResolveLinkTarget(folder, returnFinalTarget: true)?.FullName ?? folder;
                if (!_entered.Add(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))))
                {
                    continue;
                }

                foreach (var file in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    AddFile(file, isNamed: false);
                }

                foreach (var below in Directory.GetDirectories(folder).OrderDescending(StringComparer.Ordinal))
                {
                    folders.Push(below);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                AddProblem(folder, exception);
            }
        }
    }

    private void AddFile(string path, bool isNamed)
    {
        try
        {
            _files.Add((path, DicomFileHeader.Read(path)));
        }
        catch (InvalidDataException) when (!isNamed)
        {
            Others++;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            AddProblem(path, exception);
        }
    }

    private void AddProblem(string path, Exception exception) =>
        _problems.Add(exception.Message.Contains(path, StringComparison.Ordinal) ? exception.Message : $"{path}: {exception.Message}");
}
