using Microsoft.CodeAnalysis.Testing;

namespace Specgen.CodeFixes.Tests;

/// <summary>"Write the missing handlers".</summary>
[TestClass]
public sealed class MissingHandlerTests
{
    private const string Usings = """
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;
        using Specgen;
        using Specgen.Standard;


        """;

    [TestMethod]
    public async Task A_class_without_a_body_gets_one() => await new Fix<MissingHandlerFix>(
        Usings + "[Scp<StorageServiceClass>]\ninternal sealed partial class {|SPG1010:ImageStore|};\n",
        Usings + """
            [Scp<StorageServiceClass>]
            internal sealed partial class ImageStore
            {
                private partial ValueTask<DimseResult<StorageCStoreStatus>> OnCStoreAsync(CStoreContext context, CancellationToken cancellationToken) => new(StorageCStoreStatus.CannotUnderstand);
            }

            """.ReplaceLineEndings("\n")).RunAsync();
}
