using System.Text.Json;
using System.Text.RegularExpressions;

namespace Specgen.Package.Tests;

/// <summary>
/// A Dockerfile, followed on this machine: each stage is a folder that stands for the file system of its image, since the images themselves are in a registry. What they bring along – the SDK, the
/// runtime, APP_UID – this machine has as well.
/// </summary>
internal sealed partial class Dockerfile
{
    private readonly string _context;
    private readonly string _stages;
    private readonly Dictionary<string, string> _environment = [];
    private readonly List<string> _exposed = [];
    private readonly List<string> _images = [];
    private readonly List<string> _volumes = [];
    private string _stage = "";
    private string _workingFolder = "/";

    private Dockerfile(string context, string stages) => (_context, _stages) = (context, stages);

    public IReadOnlyList<string> Images => _images;

    /// <summary>Of the last stage, as everything below: the one that runs.</summary>
    public IReadOnlyList<string> Exposed => _exposed;

    public IReadOnlyList<string> Volumes => _volumes;

    public string? User { get; private set; }

    public IReadOnlyList<string> EntryPoint { get; private set; } = [];

    public string WorkingFolder => Place(_workingFolder);

    /// <summary>Variables of the container, whose paths are places of this machine.</summary>
    public IReadOnlyDictionary<string, string> Environment => _environment.ToDictionary(static pair => pair.Key, pair => Placed(pair.Value));

    /// <summary>Does what the file in the folder says.</summary>
    public static Dockerfile Build(string context, string stages)
    {
        var file = new Dockerfile(context, stages);
        foreach (var line in Continuation().Replace(File.ReadAllText(Path.Combine(context, "Dockerfile")), " ").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!line.StartsWith('#'))
            {
                file.Follow(line);
            }
        }

        return file;
    }

    /// <summary>Where a path of the container is.</summary>
    public string Place(string path) => Path.Combine(_stages, _stage, Path.Combine(_workingFolder, path).TrimStart('/'));

    private void Follow(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (words)
        {
            case ["FROM", var image, .. var name]:
                Assert.IsTrue(name is [] or ["AS", _], line);
                (_stage, _workingFolder, User, EntryPoint) = (name is [_, var alias] ? alias : $"{_images.Count}", "/", null, []);
                _images.Add(image);
                _environment.Clear();
                _exposed.Clear();
                _volumes.Clear();
                Directory.CreateDirectory(Place("/"));
                break;
            case ["WORKDIR", var folder]:
                _workingFolder = Path.Combine(_workingFolder, folder);
                Directory.CreateDirectory(WorkingFolder);
                break;
            case ["COPY", var from, var to]:
                Copy(Path.Combine(_context, from), Place(to), Ignored());
                break;
            case ["COPY", var option, var from, var to] when option.StartsWith("--from=", StringComparison.Ordinal):
                Copy(Path.Combine(_stages, option["--from=".Length..], from.TrimStart('/')), Place(to), []);
                break;
            case ["RUN", ..]:
                Feed.Succeed(Feed.Start(WorkingFolder, "/bin/sh", ["-c", Placed(line["RUN ".Length..])], [("APP_UID", Feed.Execute(_stages, "id", "-u").Trim())]));
                break;
            case ["ENV", var setting] when setting.Split('=') is [var variable, var value]:
                _environment.Add(variable, value);
                break;
            case ["USER", var user]:
                User = user;
                break;
            case ["VOLUME", var volume]:
                _volumes.Add(volume);
                break;
            case ["EXPOSE", var port]:
                _exposed.Add(port);
                break;
            case ["ENTRYPOINT", ..]:
                EntryPoint = JsonSerializer.Deserialize<string[]>(line["ENTRYPOINT ".Length..])!;
                break;
            default:
                Assert.Fail($"Not followed here: {line}");
                break;
        }
    }

    /// <summary>Names of folders: "**/bin/".</summary>
    private string[] Ignored()
    {
        var path = Path.Combine(_context, ".dockerignore");
        return !File.Exists(path) ? [] : [.. File.ReadAllLines(path).Where(static line => line.Length > 0).Select(static line => IgnoredFolder().Match(line) is { Success: true } match
            ? match.Groups[1].Value
            : throw new NotSupportedException($".dockerignore: {line}"))];
    }

    private static void Copy(string from, string to, string[] ignored)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.EnumerateDirectories(from).Where(folder => !ignored.Contains(Path.GetFileName(folder))))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)), ignored);
        }
    }

    private string Placed(string text) => AbsolutePath().Replace(text, match => Place(match.Value));

    [GeneratedRegex(@"\\\n")]
    private static partial Regex Continuation();

    [GeneratedRegex(@"^\*\*/(\w+)/?$")]
    private static partial Regex IgnoredFolder();

    [GeneratedRegex(@"(?<![^\s=:""])/[\w./]*")]
    private static partial Regex AbsolutePath();
}
