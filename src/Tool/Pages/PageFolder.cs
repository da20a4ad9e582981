using Microsoft.CodeAnalysis.Text;
using Specgen.Tool.Profiles;

namespace Specgen.Tool.Pages;

/// <summary>A folder of pages, and the tool's own files beside them.</summary>
internal sealed class PageFolder
{
    public const string ProfileName = "profile.json";
    public const string ErrataName = "errata.json";
    public const string LockName = "standard.lock";

    private PageFolder(string path, IReadOnlyList<Page> pages)
    {
        Path = path;
        Pages = pages;
    }

    public string Path { get; }

    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<Page> Pages { get; }

    public Page? this[string name] => Pages.FirstOrDefault(page => page.Name == name);

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <exception cref="ProfileException">There is no such folder, or a page cannot be opened.</exception>
    public static PageFolder Read(string path)
    {
        if (!Directory.Exists(path))
        {
            throw new ProfileException(path, 1, "no such folder");
        }

        try
        {
            var files = Directory.EnumerateFiles(path, "*.rst", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden })
                .Select(file => (Path: file, Name: System.IO.Path.GetRelativePath(path, file).Replace('\\', '/')))
                .Where(static file => !file.Name.StartsWith('.'))
                .OrderBy(static file => file.Name, StringComparer.Ordinal)
                .ToArray();
            var pages = new Page[files.Length];
            Parallel.For(0, files.Length, i => pages[i] = Page.Read(files[i].Path, files[i].Name));
            return new PageFolder(path, pages);
        }
        catch (AggregateException exception) when (exception.InnerException is IOException or UnauthorizedAccessException)
        {
            throw new ProfileException(path, 1, exception.InnerException!.Message);
        }
    }

    /// <summary>The standard's pages as they were when the tool was built.</summary>
    public static PageFolder Standard() => new("", Resources()
        .Where(static name => name.EndsWith(".rst", StringComparison.Ordinal))
        .Select(static name => Page.Of(name, name["spec/".Length..], SourceText.From(Resource(name))))
        .OrderBy(static page => page.Name, StringComparer.Ordinal)
        .ToArray());

    /// <summary>A file of spec/ as it was when the tool was built.</summary>
    public static string Resource(string name)
    {
        using var stream = typeof(PageFolder).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static string[] Resources() => typeof(PageFolder).Assembly.GetManifestResourceNames();

    /// <summary>The folder with some pages anew.</summary>
    public PageFolder With(IReadOnlyDictionary<string, Page> pages) => new(Path, Pages.Select(page => pages.GetValueOrDefault(page.Name, page)).ToArray());
}
