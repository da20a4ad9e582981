using FellowOakDicom;
using Specgen.Standard;

namespace Worklist;

/// <summary>
/// Performed procedure steps, a JSON file each in the folder <c>performed</c>. Values are kept and read as they are, whether their VR allows them
/// or not.
/// </summary>
internal sealed class PerformedSteps : IDisposable
{
    private readonly string _folder;
    private readonly Action<string> _log;
    private readonly FileStream? _held;
    private readonly Lock _lock = new();

    /// <summary>The UIDs of all.</summary>
    private readonly HashSet<string> _steps = new(StringComparer.Ordinal);

    /// <summary>The scheduled steps for which one has ended, by their study and their own ID.</summary>
    private readonly HashSet<(string Study, string Id)> _done = [];

    /// <summary>Reads what is there. A file that is no data set is set aside under another name and reported; it stops nothing else.</summary>
    /// <exception cref="IOException">Another worklist is at work in the folder.</exception>
    public PerformedSteps(string root, Action<string> log)
    {
        (_folder, _log) = (Directory.CreateDirectory(Path.Combine(Path.GetFullPath(root), "performed")).FullName, log);
        _held = Hold(_folder);
        foreach (var path in Directory.EnumerateFiles(_folder, "*.json"))
        {
            if (Read(path) is { } step)
            {
                Note(Path.GetFileNameWithoutExtension(path), step);
            }
        }
    }

    public int Count => _steps.Count;

    public void Dispose() => _held?.Dispose();

    /// <summary>Whether a scheduled step was completed or discontinued. One that has no study or no ID of its own is not known by them.</summary>
    public bool IsDone(string study, string id)
    {
        lock (_lock)
        {
            return study.Length > 0 && id.Length > 0 && _done.Contains((study, id));
        }
    }

    /// <summary>False when there is one of that UID already.</summary>
    public bool TryCreate(string uid, ModalityPerformedProcedureStepModule step)
    {
        lock (_lock)
        {
            if (_steps.Contains(uid) && File.Exists(PathOf(uid)))
            {
                return false;
            }

            Write(uid, step);
            return true;
        }
    }

    /// <summary>
    /// Changes a step. <paramref name="change"/> gets it as it is, null where there is none, and gives it as it is to be, null for no change, with
    /// an answer.
    /// </summary>
    public T Change<T>(string uid, Func<ModalityPerformedProcedureStepModule?, (ModalityPerformedProcedureStepModule? Changed, T Answer)> change)
    {
        lock (_lock)
        {
            var step = _steps.Contains(uid) ? Read(PathOf(uid)) : null;
            var (changed, answer) = change(step);
            if (changed is not null)
            {
                Write(uid, changed);
            }

            return answer;
        }
    }

    private ModalityPerformedProcedureStepModule? Read(string path)
    {
        try
        {
            return new ModalityPerformedProcedureStepModule(JsonFile.Read(path, validate: false));
        }
        catch (FileNotFoundException)
        {
            // The folder is there: somebody took the file away.
            _steps.Remove(Path.GetFileNameWithoutExtension(path));
            _log($"{Path.GetFileName(path)} was taken away: there is no such step any more");
            return null;
        }
        catch (FormatException e)
        {
            File.Move(path, path + ".unreadable", overwrite: true);
            _steps.Remove(Path.GetFileNameWithoutExtension(path));
            _log($"{Path.GetFileName(path)} is no performed step, and was set aside as {Path.GetFileName(path)}.unreadable: {e.Message}");
            return null;
        }
    }

    private void Write(string uid, ModalityPerformedProcedureStepModule step)
    {
        JsonFile.Write(PathOf(uid), step.Dataset);
        Note(uid, step);
    }

    private void Note(string uid, ModalityPerformedProcedureStepModule step)
    {
        _steps.Add(uid);
        if (StepRules.HasEnded(step))
        {
            _done.UnionWith(step.ScheduledStepAttributesSequence.Select(static s => (s.StudyInstanceUid ?? "", s.ScheduledProcedureStepId ?? "")));
        }
    }

    private string PathOf(string uid) => Path.Combine(_folder, uid + ".json");

    /// <summary>Keeps a second worklist from the folder, as long as the process lives: which steps there are only one can know. Where nothing can be written, there is nothing to be kept from.</summary>
    private static FileStream? Hold(string folder)
    {
        var path = Path.Combine(folder, ".lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e is IOException && File.Exists(path) ? throw new IOException($"Another worklist is at work in {folder}", e) : null;
        }
    }
}
