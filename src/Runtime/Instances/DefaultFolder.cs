namespace Specgen.Instances;

/// <summary>Where instances are received into, where nobody says: a folder of the user's own among the temporary files, because what one user makes there another cannot write to.</summary>
internal static class DefaultFolder
{
    public static string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "specgen-" + string.Join('_', Environment.UserName.Split(System.IO.Path.GetInvalidFileNameChars())));
}
