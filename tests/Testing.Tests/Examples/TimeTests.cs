using Microsoft.Extensions.Time.Testing;
using Specgen;
using Specgen.Testing;

[TestClass]
public sealed class TimeTests
{
    [TestMethod]
    public async Task Silent_association_is_aborted_after_five_minutes()
    {
        var time = new FakeTimeProvider();
        await using var scp = await TestScp.StartAsync(o =>
        {
            o.TimeProvider = time;
            o.IdleTimeout = TimeSpan.FromMinutes(5);
        });
        await using var pinger = await scp.ConnectAsync<Pinger>();
        await pinger.CEchoAsync();

        for (var minute = 0; minute < 6; minute++)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(20);
        }

        var failure = await Assert.ThrowsAsync<AssociationException>(() => pinger.CEchoAsync().AsTask());
        StringAssert.Contains(failure.Message, "A-ABORT");
    }
}
