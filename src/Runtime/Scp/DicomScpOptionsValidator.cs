using Microsoft.Extensions.Options;

namespace Specgen.Scp;

/// <summary>The checks of <see cref="DicomScpStartup"/> as the options' own, so that a host's validators and these say together what is wrong.</summary>
internal sealed class DicomScpOptionsValidator : IValidateOptions<DicomScpOptions>
{
    public ValidateOptionsResult Validate(string? name, DicomScpOptions options)
    {
        var problems = DicomScpStartup.Check(options).All;
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
