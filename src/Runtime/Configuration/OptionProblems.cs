using Specgen.Associations;

namespace Specgen.Configuration;

/// <summary>Collects all that is wrong with options, in the words that the exception has in the end.</summary>
internal sealed class OptionProblems
{
    private readonly List<string> _problems = [];

    public IReadOnlyList<string> All => _problems;

    public void Add(string problem) => _problems.Add(problem);

    public void Add(IEnumerable<string> problems) => _problems.AddRange(problems);

    public bool Require(bool condition, string problem)
    {
        if (!condition)
        {
            _problems.Add(problem);
        }

        return condition;
    }

    /// <summary>An AE title.</summary>
    public void RequireTitle(string option, string? title)
    {
        if (AETitles.Problem(title) is { } problem)
        {
            _problems.Add($"{option}: the AE title \"{title}\" {problem}.");
        }
    }

    /// <summary>How long something may take.</summary>
    public void RequireTime(string option, TimeSpan value) => Require(
        value == Timeout.InfiniteTimeSpan || (value > TimeSpan.Zero && value.TotalMilliseconds <= int.MaxValue),
        $"{option} is {value}; it must be more than zero, or Timeout.InfiniteTimeSpan for ever.");

    /// <summary>What a data set may cost.</summary>
    public void RequireLimits(string option, DataSetLimits? limits)
    {
        if (limits is null)
        {
            _problems.Add($"{option} is null.");
        }
        else if (limits.Problem() is { } problem)
        {
            _problems.Add($"{option}: {problem}.");
        }
    }

    /// <exception cref="DicomConfigurationException">Something is wrong.</exception>
    public void ThrowIfAny()
    {
        if (_problems.Count > 0)
        {
            throw new DicomConfigurationException(_problems);
        }
    }
}
