using System.CommandLine;
using Specgen.Tool.Pages;
using Specgen.Tool.Profiles;

namespace Specgen.Tool.Commands;

/// <summary>What several commands have in common: where the pages are, and how to print.</summary>
internal static class SpecOptions
{
    public static Option<string> Spec() => new("--spec") { Description = "The folder of the pages", DefaultValueFactory = static _ => "spec" };

    public static Option<bool> Json() => new("--json") { Description = "Print one JSON object for programs" };

    /// <summary>The profile of a folder, or the one that the tool was built with where it has none.</summary>
    public static Profile Profile(string spec)
    {
        var file = Path.Combine(spec, PageFolder.ProfileName);
        var profile = File.Exists(file) ? JsonFile.Read<Profile>(file) : JsonFile.Parse<Profile>(file, PageFolder.Resource("spec/" + PageFolder.ProfileName));
        profile.Validate(file);
        return profile;
    }

    public static Errata Errata(string spec)
    {
        var file = Path.Combine(spec, PageFolder.ErrataName);
        return new Errata(File.Exists(file) ? JsonFile.Read<ErrataFile>(file).Overrides : []);
    }
}
